namespace Portal.Inventory;

/// <summary>The orders that the list of pools can have.</summary>
internal sealed class PoolOrder : IComparer<PoolRow>
{
    private readonly Comparison<PoolRow> _compare;
    private readonly int _direction;

    private PoolOrder(Comparison<PoolRow> compare, bool isDescending)
    {
        _compare = compare;
        _direction = isDescending ? -1 : 1;
    }

    /// <summary>Null for the order in which the rows are anyway: by cluster, then by name.</summary>
    public static PoolOrder? Of(PoolQuery query) => query switch
    {
        { Sort: PoolSort.Cluster, IsDescending: false } => null,
        { Sort: PoolSort.Cluster } => By(query, row => row.Cluster.Name),
        { Sort: PoolSort.Name } => By(query, row => row.Pool.Name),
        { Sort: PoolSort.Database } => By(query, row => row.Pool.Database),
        { Sort: PoolSort.User } => By(query, row => row.Pool.User),
        { Sort: PoolSort.Mode } => By(query, row => row.Pool.ModeText),
        { Sort: PoolSort.Team } => By(query, row => row.Pool.Managed?.Team, row => row.Pool.Managed?.OwnerName),
        { Sort: PoolSort.Size } => new((left, right) => left.Pool.Size.CompareTo(right.Pool.Size), query.IsDescending),
        { Sort: PoolSort.State } => new((left, right) => left.Pool.State.CompareTo(right.Pool.State), query.IsDescending),
        _ => new((left, right) => Nullable.Compare(left.Pool.Managed?.LastChangedAt, right.Pool.Managed?.LastChangedAt), query.IsDescending),
    };

    // Equal rows keep the order in which they come, because the sort is a stable one.
    public int Compare(PoolRow x, PoolRow y) => _direction * _compare(x, y);

    private static PoolOrder By(PoolQuery query, params Func<PoolRow, string?>[] texts) => new(
        (left, right) => texts.Select(text => string.Compare(text(left), text(right), StringComparison.OrdinalIgnoreCase)).FirstOrDefault(order => order != 0),
        query.IsDescending);
}
