using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Overview;

/// <summary>Pools in rows: one page of the whole list, or all of one cluster.</summary>
public sealed partial class PoolTable
{
    private static readonly IReadOnlyList<(PoolSort Sort, string Name, string? Class)> AllColumns =
    [
        (PoolSort.Name, "Name", null),
        (PoolSort.Cluster, "Cluster", null),
        (PoolSort.Database, "Database", null),
        (PoolSort.User, "User", null),
        (PoolSort.Mode, "Mode", null),
        (PoolSort.Size, "Size", "number"),
        (PoolSort.Team, "Team", null),
        (PoolSort.State, "State", null),
        (PoolSort.Changed, "Last change", null),
    ];

    [Parameter, EditorRequired]
    public PoolPage Page { get; set; } = null!;

    /// <summary>What the rows were found by, for the links that sort and turn pages; null for the pools of one cluster.</summary>
    [Parameter]
    public PoolQuery? Query { get; set; }

    private string Caption => Query is null ? "The pools of this cluster" : "Pools";

    private IEnumerable<(PoolSort Sort, string Name, string? Class)> Columns =>
        AllColumns.Where(column => Query is not null || column.Sort is not PoolSort.Cluster);

    private string AddressOf(int page) => AddressOf(Query! with { Page = page });

    /// <summary>A second click on the same column turns it round. Sizes and dates begin with the largest.</summary>
    private string SortedBy(PoolSort sort) => AddressOf(Query! with
    {
        Sort = sort,
        IsDescending = Query.Sort == sort ? !Query.IsDescending : sort is PoolSort.Size or PoolSort.Changed or PoolSort.State,
        Page = 1,
    });

    private string? DirectionOf(PoolSort sort) => Query?.Sort != sort ? null : Query.IsDescending ? "descending" : "ascending";

    private string? ArrowOf(PoolSort sort) => DirectionOf(sort) switch
    {
        "ascending" => "↑",
        "descending" => "↓",
        _ => null,
    };

    private static string AddressOf(PoolQuery query) => $"./{query.ToAddress()}";
}
