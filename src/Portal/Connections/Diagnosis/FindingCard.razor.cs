using Microsoft.AspNetCore.Components;
using Portal.Controls;

namespace Portal.Connections.Diagnosis;

/// <summary>One finding: cause, check, and what to change; the driver whose words were pasted comes first.</summary>
public sealed partial class FindingCard
{
    // So few need no folding.
    private const int Few = 3;

    private readonly string _id = $"finding-{Guid.NewGuid():N}";
    private IReadOnlyList<DriverChange> _first = [];
    private IReadOnlyList<DriverChange> _others = [];

    [Parameter, EditorRequired]
    public Finding Finding { get; set; } = null!;

    /// <summary>One of <see cref="Drivers"/>; null where it is not known.</summary>
    [Parameter]
    public string? Driver { get; set; }

    /// <summary>What is folded is unfolded.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    private StatusKind Kind => Finding.Certainty switch
    {
        Certainty.Certain => StatusKind.Danger,
        Certainty.Likely => StatusKind.Warning,
        _ => StatusKind.Neutral,
    };

    protected override void OnParametersSet()
    {
        var own = Finding.Changes.Where(change => change.Driver == Driver).ToList();
        _first = Finding.Changes.Count <= Few ? Finding.Changes : [.. own, .. Finding.Changes.Where(change => change.Driver == Drivers.All)];
        _others = [.. Finding.Changes.Except(_first)];
    }
}
