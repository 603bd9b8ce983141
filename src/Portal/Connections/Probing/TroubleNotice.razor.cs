using Microsoft.AspNetCore.Components;

namespace Portal.Connections.Probing;

/// <summary>Why there is no result.</summary>
public sealed partial class TroubleNotice
{
    /// <summary>Spoken when it appears, because it answers something that was just done.</summary>
    [Parameter]
    public bool Announce { get; set; }

    [CascadingParameter]
    private NotHandedOut Trouble { get; set; } = null!;
}
