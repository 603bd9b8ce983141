using Microsoft.AspNetCore.Components;

namespace Portal.Changes;

/// <summary>The values of a change, as they were sent.</summary>
public sealed partial class AskedFor
{
    [Parameter, EditorRequired]
    public PoolChange Change { get; set; } = null!;
}
