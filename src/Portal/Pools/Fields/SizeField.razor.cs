using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Pools.Fields;

/// <summary>How many server connections a pool shall have: with what that does to the cluster's budget, what is recommended and why, and what the policy says of it.</summary>
public sealed partial class SizeField
{
    private ElementReference _input;
    private bool _wasCalculated;

    /// <summary>The id of the input.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = null!;

    /// <summary>The cluster with what is on its way to it; null as long as none is chosen.</summary>
    [Parameter, EditorRequired]
    public ClusterInView? Cluster { get; set; }

    [Parameter, EditorRequired]
    public PoolMode Mode { get; set; }

    /// <summary>As typed.</summary>
    [Parameter, EditorRequired]
    public string? Value { get; set; }

    /// <summary>The size of this pool now; 0 for a new one.</summary>
    [Parameter]
    public int Before { get; set; }

    /// <summary>Each client comes as itself, so that the size counts for each user.</summary>
    [Parameter]
    public bool IsInbound { get; set; }

    /// <summary>What the policy says of this size; null where it cannot say anything yet.</summary>
    [Parameter]
    public Decision? Decision { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public SizeCalculation Calculation { get; set; } = new();

    /// <summary>A size was typed, or a proposed one was taken.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string?> OnTyped { get; set; }

    [Parameter]
    public EventCallback<SizeCalculation> OnCalculated { get; set; }

    private int Others => (Cluster?.Facts.Used ?? 0) - Before;

    private int? Free => Cluster?.Free + Before;

    private int? Recommended => Cluster is null ? null : Sizing.Recommend(Cluster.Facts.Plan, Cluster.Taken - Before);

    private int Typed => int.TryParse(Value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size) ? Math.Min(size, 100_000) : 0;

    private string Hint => (Mode, Typed) switch
    {
        (PoolMode.Session, > 0) => $"Up to {Typed} {(Typed == 1 ? "client is" : "clients are")} served at once, each until it disconnects. More clients wait, and fail when that takes too long.",
        (PoolMode.Session, _) => "Server connections: how many clients are served at once, each until it disconnects. More clients wait, and fail when that takes too long.",
        (_, > 0) => $"Up to {Typed} {(Typed == 1 ? "query runs" : "queries run")} at once. More clients wait; they are not refused.",
        _ => "Server connections: how many queries run at once. More clients wait; they are not refused.",
    };

    protected override void OnInitialized() => _wasCalculated = Calculation != new SizeCalculation();

    private async Task UseAsync(int size)
    {
        // The button that was pressed may be gone; whoever pressed it goes on from the figure that it set.
        await OnTyped.InvokeAsync(size.ToString(CultureInfo.InvariantCulture));
        await _input.FocusAsync();
    }
}
