using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Diagnosis;

/// <summary>What to change, driver by driver.</summary>
public sealed partial class DriverChanges
{
    [Parameter, EditorRequired]
    public IReadOnlyList<DriverChange> Changes { get; set; } = [];
}
