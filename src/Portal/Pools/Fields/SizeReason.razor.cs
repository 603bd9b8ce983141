using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Pools.Fields;

/// <summary>Why this size is recommended, and what speaks for another one.</summary>
public sealed partial class SizeReason
{
    [Parameter, EditorRequired]
    public ClusterInView? Cluster { get; set; }

    [Parameter, EditorRequired]
    public PoolMode Mode { get; set; }

    [Parameter, EditorRequired]
    public int? Recommended { get; set; }

    /// <summary>Server connections of all other pools.</summary>
    [Parameter, EditorRequired]
    public int Others { get; set; }

    /// <summary>The size that is typed; 0 for none.</summary>
    [Parameter, EditorRequired]
    public int Typed { get; set; }

    private string Processors => Cluster?.Facts.Plan.VirtualCpus is 1 ? "1 processor" : $"{Cluster?.Facts.Plan.VirtualCpus} processors";
}
