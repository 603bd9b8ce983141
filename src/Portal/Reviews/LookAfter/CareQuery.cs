using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Controls;

namespace Portal.Reviews.LookAfter;

/// <summary>What a lead wants to see of the pools, and in which order. It lives in the address.</summary>
public sealed record CareQuery
{
    public const string Address = "look-after";

    public CareShow Show { get; init; }

    public string? Team { get; init; }

    /// <summary>A part of the name of a pool or a cluster, or of the owner's.</summary>
    public string? Search { get; init; }

    public CareSort Sort { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Whether it leaves anything out besides what <see cref="Show"/> does.</summary>
    public bool IsFiltered => (Team ?? Search) is not null;

    /// <summary>Reads the values of an address. What it does not understand it leaves out.</summary>
    public static CareQuery Read(Func<string, string?> value)
    {
        var sort = value("sort");
        var isDescending = sort?.StartsWith('-') is true;
        return new CareQuery
        {
            Show = Word<CareShow>(value("show")),
            Team = Text(value("team")),
            Search = Text(value("q")),
            Sort = Word<CareSort>(isDescending ? sort![1..] : sort),
            IsDescending = isDescending,
            Page = QueryValue.Page(value("page")),
        };
    }

    /// <param name="step">What is done with the chosen pools; null for the list.</param>
    public string ToAddress(CareStep? step = null)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["show"] = Show is CareShow.Due ? null : Show.ToString().ToLowerInvariant(),
            ["team"] = Team,
            ["q"] = Search,
            ["sort"] = Sort is CareSort.Look && !IsDescending ? null : $"{(IsDescending ? "-" : "")}{Sort.ToString().ToLowerInvariant()}",
            ["page"] = Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture),
            ["do"] = step?.ToString().ToLowerInvariant(),
        };
        return QueryHelpers.AddQueryString(Address, values.Where(pair => pair.Value is not null));
    }

    public static CareStep? StepOf(string? text) =>
        Enum.GetValues<CareStep>().Where(step => string.Equals(step.ToString(), text, StringComparison.OrdinalIgnoreCase)).Select(step => (CareStep?)step).FirstOrDefault();

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // Names only: a number would also be taken by Enum.Parse.
    private static T Word<T>(string? text)
        where T : struct, Enum =>
        Enum.GetValues<T>().FirstOrDefault(value => string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase));
}

public enum CareShow
{
    /// <summary>Those at which somebody should look now.</summary>
    Due,

    /// <summary>Those about which there is something to know besides the date.</summary>
    Flags,
    All,
}

/// <summary>Among equals by cluster and name.</summary>
public enum CareSort
{
    /// <summary>By the date of the next look.</summary>
    Look,
    Name,
    Size,
    Team,

    /// <summary>By when somebody was given the connection last; never counts as longest ago.</summary>
    Copied,
    End,
}

/// <summary>What is done with the pools that were chosen.</summary>
public enum CareStep
{
    Shrink,
    HandOver,
    EndDate,
    Delete,
}
