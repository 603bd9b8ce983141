using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Reviews.LookAfter;

/// <summary>One page of the pools to look after, each with a box to choose it.</summary>
public sealed partial class CareTable
{
    private static readonly IReadOnlyList<(CareSort? Sort, string Name)> Columns =
    [
        (CareSort.Name, "Pool"),
        (CareSort.Team, "Team and owner"),
        (CareSort.Size, "Size"),
        (null, "In use"),
        (CareSort.Copied, "Last copied"),
        (CareSort.Look, "Next look"),
        (null, "Flags"),
    ];

    /// <summary>The orders there are, for who has no column heads to click.</summary>
    internal static readonly IReadOnlyList<(CareSort Sort, string Name)> Orders =
        [.. Columns.Where(column => column.Sort is not null).Select(column => (column.Sort!.Value, column.Name)), (CareSort.End, "End date")];

    [Parameter, EditorRequired]
    public CareView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public CareQuery Query { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyCollection<PoolKey> Chosen { get; set; } = [];

    [Parameter, EditorRequired]
    public EventCallback<CareRow> OnToggled { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<bool> OnToggledAll { get; set; }

    private bool AreAllChosen => View.Rows.Where(row => row.CanBeChosen).All(row => Chosen.Contains(row.Key));

    /// <summary>A second click on the same column turns it round. Sizes begin with the largest.</summary>
    private string SortedBy(CareSort sort) =>
        (Query with { Sort = sort, IsDescending = Query.Sort == sort ? !Query.IsDescending : sort is CareSort.Size, Page = 1 }).ToAddress();

    private string? DirectionOf(CareSort? sort) => Query.Sort != sort ? null : Query.IsDescending ? "descending" : "ascending";

    private string? ArrowOf(CareSort sort) => DirectionOf(sort) switch
    {
        "ascending" => "↑",
        "descending" => "↓",
        _ => null,
    };

    private static string ShareOf(int size, int budget) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * size / budget:0}");

    private static string KindOf(CareFlagKind kind) => kind switch
    {
        CareFlagKind.LookDue or CareFlagKind.EndCame => "waiting",
        CareFlagKind.Unmanaged => "neutral",
        _ => "warning",
    };

    private static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
