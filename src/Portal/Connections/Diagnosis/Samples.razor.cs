using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Diagnosis;

/// <summary>Every message that is known, for those who have nothing to paste.</summary>
public sealed partial class Samples
{
    [Parameter, EditorRequired]
    public EventCallback<string> OnChosen { get; set; }
}
