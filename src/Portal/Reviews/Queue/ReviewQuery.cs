using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Changes;
using Portal.Controls;

namespace Portal.Reviews.Queue;

/// <summary>What somebody wants to see of the reviews. It lives in the address, so that it can be kept, shared and gone back to.</summary>
public sealed record ReviewQuery
{
    public ReviewShow Show { get; init; }

    public ChangeKind? Kind { get; init; }

    public string? Team { get; init; }

    /// <summary>A part of the requester's name.</summary>
    public string? Requester { get; init; }

    /// <summary>A part of the cluster's name.</summary>
    public string? Cluster { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether it leaves anything out of what is shown.</summary>
    public bool IsFiltered => Kind is not null || (Team ?? Requester ?? Cluster) is not null;

    /// <summary>Reads the values of an address. What it does not understand it leaves out: an old bookmark shows more rather than nothing.</summary>
    public static ReviewQuery Read(Func<string, string?> value) => new()
    {
        Show = Word<ReviewShow>(value("show")) ?? ReviewShow.Mine,
        Kind = Word<ChangeKind>(value("kind")),
        Team = Text(value("team")),
        Requester = Text(value("requester")),
        Cluster = Text(value("cluster")),
        Page = QueryValue.Page(value("page")),
    };

    public string ToAddress() => QueryHelpers.AddQueryString("reviews", Values());

    /// <summary>Only what differs from the queue as it is first shown.</summary>
    private Dictionary<string, string?> Values() => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["show"] = Show is ReviewShow.Mine ? null : Lower(Show),
        ["kind"] = Kind is { } kind ? Lower(kind) : null,
        ["team"] = Team,
        ["requester"] = Requester,
        ["cluster"] = Cluster,
        ["page"] = Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture),
    }.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)).Select(value => (T?)value).FirstOrDefault();
}

public enum ReviewShow
{
    /// <summary>What waits for the person who looks.</summary>
    Mine,

    /// <summary>What waits for anybody.</summary>
    Open,

    /// <summary>What does not wait any more, and what never had to.</summary>
    Decided,
}
