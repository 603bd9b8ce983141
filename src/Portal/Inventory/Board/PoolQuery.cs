using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Controls;

namespace Portal.Inventory;

/// <summary>What somebody wants to see of the list of pools, and in which order. It lives in the address, so that it can be kept, shared and gone back to.</summary>
public sealed record PoolQuery
{
    /// <summary>Words that a pool, its cluster, team or owner must have all of.</summary>
    public string? Search { get; init; }

    /// <summary>A cluster's name, or a part of one.</summary>
    public string? Cluster { get; init; }

    public string? Team { get; init; }

    /// <summary>As DigitalOcean writes it.</summary>
    public string? Mode { get; init; }

    public PoolState? State { get; init; }

    public PoolSort Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsFiltered => (Search ?? Cluster ?? Team ?? Mode) is not null || State is not null;

    public IReadOnlyList<string> Words => Search?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Reads the values of an address. What it does not understand it leaves out: an old bookmark shows more rather than nothing.</summary>
    public static PoolQuery Read(Func<string, string?> value)
    {
        var sort = value("sort");
        var isDescending = sort?.StartsWith('-') is true;
        return new PoolQuery
        {
            Search = Text(value("q")),
            Cluster = Text(value("cluster")),
            Team = Text(value("team")),
            Mode = Text(value("mode")),
            State = Word<PoolState>(value("state")),
            Sort = Word<PoolSort>(isDescending ? sort![1..] : sort) ?? PoolSort.Cluster,
            IsDescending = isDescending,
            Page = QueryValue.Page(value("page")),
        };
    }

    /// <summary>The same query as the part of an address that begins with <c>?</c>; empty for the list as it is first shown.</summary>
    public string ToAddress() => QueryHelpers.AddQueryString("", Values());

    /// <summary>Only what differs from the list as it is first shown.</summary>
    public IReadOnlyDictionary<string, string?> Values()
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q"] = Search,
            ["cluster"] = Cluster,
            ["team"] = Team,
            ["mode"] = Mode,
            ["state"] = State?.ToString().ToLowerInvariant(),
            ["sort"] = Sort is PoolSort.Cluster && !IsDescending ? null : $"{(IsDescending ? "-" : "")}{Sort.ToString().ToLowerInvariant()}",
            ["page"] = Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture),
        };
        return values.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // Names only: a number would also be taken by Enum.Parse.
    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)).Select(value => (T?)value).FirstOrDefault();
}

/// <summary>What the list of pools can be put in order by; among equals by cluster and name.</summary>
public enum PoolSort
{
    Cluster,
    Name,
    Database,
    User,
    Mode,
    Size,
    Team,
    State,
    Changed,
}
