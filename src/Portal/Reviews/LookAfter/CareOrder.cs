using Portal.Connections;

namespace Portal.Reviews.LookAfter;

/// <summary>The orders that the list of pools to look after can have.</summary>
internal static class CareOrder
{
    /// <param name="copied">The last connections that were given; read only for the order by them.</param>
    public static IEnumerable<CareRow> Sort(
        IEnumerable<CareRow> rows, CareQuery query, IReadOnlyDictionary<(Guid Cluster, string Pool), HandedOutTo>? copied) => query.Sort switch
        {
            CareSort.Name => By(rows, query, row => row.Pool.Name, StringComparer.OrdinalIgnoreCase),
            CareSort.Size => By(rows, query, row => row.Pool.Size),
            CareSort.Team => By(rows, query, row => row.Pool.Managed?.Team ?? "", StringComparer.OrdinalIgnoreCase),
            CareSort.Copied => By(rows, query, row => copied?.GetValueOrDefault((row.Cluster.Id, row.Pool.Name))?.At ?? DateTimeOffset.MinValue),
            CareSort.End => By(rows, query, row => row.Pool.Managed?.EndsAt ?? DateTimeOffset.MaxValue),
            _ => By(rows, query, row => row.NextLookAt ?? DateTimeOffset.MaxValue),
        };

    private static IOrderedEnumerable<CareRow> By<T>(IEnumerable<CareRow> rows, CareQuery query, Func<CareRow, T> key, IComparer<T>? comparer = null) =>
        (query.IsDescending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer))
        .ThenBy(row => row.Cluster.Name, StringComparer.OrdinalIgnoreCase)
        .ThenBy(row => row.Pool.Name, StringComparer.OrdinalIgnoreCase);
}
