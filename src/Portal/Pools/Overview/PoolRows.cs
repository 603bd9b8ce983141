using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Portal.Controls;
using Portal.Inventory;

namespace Portal.Pools.Overview;

/// <summary>What stands in the row of a pool. In the list of all pools it is made once, and held once, for everybody who looks at it.</summary>
internal static class PoolRows
{
    private static readonly MarkupString None = Html.Of($"");

    // For as long as the board has these facts; other facts are another object.
    private static readonly ConditionalWeakTable<PoolFacts, Row> Kept = [];

    /// <summary>With its cluster.</summary>
    public static MarkupString OfList(PoolRow row)
    {
        var (cluster, pool) = row;
        if (Kept.TryGetValue(pool, out var kept) && kept.Cluster == cluster.Name && kept.IsReplica == cluster.IsReplica)
        {
            return kept.Markup;
        }

        var readOnly = cluster.IsReplica ? Html.Of($"<small>read only</small>") : None;
        var markup = Draw(row, Html.Of($"<td><div><a href=\"clusters/{cluster.Id.ToString("D")}\">{cluster.Name}</a>{readOnly}</div></td>"), None);
        Kept.AddOrUpdate(pool, new Row(cluster.Name, cluster.IsReplica, markup));
        return markup;
    }

    /// <summary>On the page of its cluster: without it, and with the share of its budget.</summary>
    public static MarkupString OfCluster(PoolRow row) => Draw(row, None, row.Cluster.Budget is > 0 and var budget
        ? Html.Of($"<small>{ShareOf(row.Pool.Size, budget)} %<span class=\"visually-hidden\"> of the budget</span></small>")
        : None);

    private static MarkupString Draw(PoolRow row, MarkupString cluster, MarkupString share)
    {
        var pool = row.Pool;
        var state = pool.State.ToString().ToLowerInvariant();
        return Html.Of($"""
            <th scope="row"><a href="{PoolAddresses.Of(row.Cluster.Id, pool.Name)}">{pool.Name}</a></th>{cluster}<td>{pool.Database}</td><td>{pool.User ?? "inbound user"}</td><td>{pool.ModeText}</td><td><div>{pool.Size}{share}</div></td><td><div>{TeamOf(pool)}</div></td><td><span class="status {state}">{state}</span></td><td>{ChangeOf(pool)}</td><td><row-tools><details class="row-menu"><summary class="tool" aria-label="Actions for {pool.Name}"></summary></details></row-tools></td>
            """);
    }

    private static MarkupString TeamOf(PoolFacts pool) =>
        pool.Managed is { } managed ? Html.Of($"{managed.Team}<small>{managed.OwnerName}</small>") : Html.Of($"none");

    private static MarkupString ChangeOf(PoolFacts pool) => pool.Managed is { } managed
        ? Html.Of($"<a href=\"changes/{managed.LastChangeId}\"><local-moment at=\"{Utc(managed.LastChangedAt, "yyyy-MM-ddTHH:mm:ssZ")}\" form=\"relative\">{Utc(managed.LastChangedAt, "d MMM yyyy")}</local-moment></a>")
        : Html.Of($"–");

    private static string ShareOf(int size, int budget) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * size / budget:0}");

    private static string Utc(DateTimeOffset at, string format) => at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Row(string Cluster, bool IsReplica, MarkupString Markup);
}
