using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;

namespace Portal.Pools.Existing;

/// <summary>The fields of a pool as they are and as they will be.</summary>
public sealed partial class BeforeAfter
{
    [Parameter, EditorRequired]
    public PoolFields Before { get; set; } = null!;

    [Parameter, EditorRequired]
    public PoolFields After { get; set; } = null!;

    [Parameter]
    public string BeforeLabel { get; set; } = "Now";

    [Parameter]
    public string AfterLabel { get; set; } = "After";
}
