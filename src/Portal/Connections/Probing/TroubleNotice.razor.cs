using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Probing;

/// <summary>Why there is no result.</summary>
public sealed partial class TroubleNotice
{
    [CascadingParameter]
    private NotHandedOut Trouble { get; set; } = null!;
}
