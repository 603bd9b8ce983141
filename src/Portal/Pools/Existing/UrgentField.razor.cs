using Microsoft.AspNetCore.Components;

namespace Portal.Pools.Existing;

/// <summary>Whether it is to be done before a lead has decided.</summary>
public sealed partial class UrgentField
{
    [Parameter, EditorRequired]
    public bool IsUrgent { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<bool> OnChosen { get; set; }
}
