using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Controls;
using Portal.Inventory;

namespace Portal.Pools.Cluster;

/// <summary>How a cluster's budget of server connections is shared out. The figures stand in the table of its pools.</summary>
public sealed partial class BudgetParts
{
    private BudgetText _text = BudgetText.Of(0, 0, null, isPlan: false);
    private IReadOnlyList<(string X, string Width, string Kind)> _parts = [];

    [Parameter, EditorRequired]
    public required ClusterFacts Cluster { get; set; }

    protected override void OnParametersSet()
    {
        _text = BudgetText.Of(Cluster.Used, 0, Cluster.Budget, isPlan: false);
        _parts = Cluster.Budget is > 0 and var budget ? [.. Parts(Cluster.Pools, budget)] : [];
    }

    private static IEnumerable<(string X, string Width, string Kind)> Parts(IReadOnlyList<PoolFacts> pools, int budget)
    {
        var from = 0;
        foreach (var (index, pool) in pools.OrderByDescending(pool => pool.Size).ThenBy(pool => pool.Name, StringComparer.Ordinal).Index())
        {
            yield return (Share(from, budget), Share(Math.Max(0, Math.Min(pool.Size, budget - from)), budget), index % 2 == 0 ? "even" : "odd");
            from += pool.Size;
        }
    }

    private static string Share(int connections, int budget) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100m, 100m * connections / budget):0.##}%");
}
