using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Diagnosis;

/// <summary>What to do when nothing was found, or not the right thing: never a dead end.</summary>
public sealed partial class NextSteps
{
    [Parameter]
    public KnownPool? Pool { get; set; }

    [Parameter]
    public bool FoundNothing { get; set; }
}
