using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Create;

/// <summary>How many server connections, with what that does to the cluster's budget.</summary>
public sealed partial class SizeField
{
    [Parameter, EditorRequired]
    public CreateForm Form { get; set; } = null!;

    [Parameter]
    public ClusterFacts? Cluster { get; set; }

    [Parameter]
    public string? Error { get; set; }

    /// <summary>Applies what was typed and lets the rest of the form follow.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Action> OnChanged { get; set; }

    private string? Recommended => Cluster is null ? null : Sizing.Recommend(Cluster.Plan, Cluster.Used)?.ToString(CultureInfo.InvariantCulture);

    private int Typed => int.TryParse(Form.Size, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Math.Min(size, 100_000) : 0;

    private string Hint => Typed > 0
        ? $"Up to {Typed} {(Typed == 1 ? "query runs" : "queries run")} at once. More clients wait; they are not refused."
        : "Server connections: how many queries run at once. More clients wait; they are not refused.";

    private string Processors => Cluster?.Plan.VirtualCpus is 1 ? "1 processor" : $"{Cluster?.Plan.VirtualCpus} processors";

    private void Type(string? text)
    {
        Form.Size = text;
        Form.IsSizeTyped = true;
    }

    private void Reset() => Form.IsSizeTyped = false;
}
