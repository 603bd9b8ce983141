using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Audit;

namespace Portal.Records;

/// <summary>What somebody looks for in the record. It lives in the address, so that it can be kept, shared and gone back to.</summary>
public sealed record RecordQuery
{
    /// <summary>A part of a person's name or id.</summary>
    public string? Person { get; init; }

    /// <summary>One of <see cref="Actions"/>.</summary>
    public string? Action { get; init; }

    public string? Pool { get; init; }

    /// <summary>A part of a cluster's name, or its id.</summary>
    public string? Cluster { get; init; }

    /// <summary>The number of a change.</summary>
    public long? Change { get; init; }

    /// <summary>The first day, in UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A part of what the details say.</summary>
    public string? Text { get; init; }

    /// <summary>Rows before this one only: where a page goes on. Not part of what is looked for.</summary>
    public long? Before { get; init; }

    /// <summary>Everything that a row can be about, in order.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        .. typeof(AuditAction).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsFiltered => (Person ?? Action ?? Pool ?? Cluster ?? Text) is not null || Change is not null || From is not null || To is not null;

    /// <summary>Reads the values of an address. What it does not understand it leaves out: an old bookmark shows more rather than nothing.</summary>
    public static RecordQuery Read(Func<string, string?> value) => new()
    {
        Person = TextOf(value("person")),
        Action = TextOf(value("action")),
        Pool = TextOf(value("pool")),
        Cluster = TextOf(value("cluster")),
        Change = Number(value("change")),
        From = Day(value("from")),
        To = Day(value("to")),
        Text = TextOf(value("text")),
        Before = Number(value("before")),
    };

    /// <summary>The same query as the part of an address that begins with <c>?</c>; empty for the record as it is first shown.</summary>
    public string ToAddress() => QueryHelpers.AddQueryString("", Values());

    public IReadOnlyDictionary<string, string?> Values()
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["person"] = Person,
            ["action"] = Action,
            ["pool"] = Pool,
            ["cluster"] = Cluster,
            ["change"] = Change?.ToString(CultureInfo.InvariantCulture),
            ["from"] = Written(From),
            ["to"] = Written(To),
            ["text"] = Text,
            ["before"] = Before?.ToString(CultureInfo.InvariantCulture),
        };
        return values.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    /// <param name="clusters">The ids that <see cref="Cluster"/> means.</param>
    internal IQueryable<AuditRow> Apply(IQueryable<AuditRow> rows, IReadOnlyList<Guid> clusters)
    {
        // By the database, and so in what it can be told: lower() and a comparison, on both engines.
#pragma warning disable CA1304, CA1311, CA1862, MA0011
        if (Person is { } person)
        {
            var lower = person.ToLowerInvariant();
            rows = rows.Where(row => row.ActorName!.ToLower().Contains(lower) || row.ActorId!.ToLower().Contains(lower));
        }

        if (Text is { } text)
        {
            // As the details have it: JSON, in which all but plain letters are written as numbers.
            var lower = JsonEncodedText.Encode(text).Value.ToLowerInvariant();
            rows = rows.Where(row => row.Details.ToLower().Contains(lower));
        }
#pragma warning restore CA1304, CA1311, CA1862, MA0011

        rows = Action is { } action ? rows.Where(row => row.Action == action) : rows;
        rows = Pool is { } pool ? rows.Where(row => row.Pool == pool) : rows;
        rows = Cluster is null ? rows : rows.Where(row => row.ClusterId != null && clusters.Contains(row.ClusterId.Value));
        rows = Change is { } change ? rows.Where(row => row.ChangeId == change) : rows;
        if (From is { } from)
        {
            var begin = Midnight(from);
            rows = rows.Where(row => row.At >= begin);
        }

        if (To is { } to && to < DateOnly.MaxValue)
        {
            var end = Midnight(to.AddDays(1));
            rows = rows.Where(row => row.At < end);
        }

        return rows;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static string? Written(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? TextOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static long? Number(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
