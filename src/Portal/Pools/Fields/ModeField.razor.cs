using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;

namespace Portal.Pools.Fields;

/// <summary>How long a client holds a server connection.</summary>
public sealed partial class ModeField
{
    private static readonly IReadOnlyList<(PoolMode Mode, string Name, string Hint)> Choices =
    [
        (PoolMode.Transaction, "Transaction", "Best for most apps. A connection is borrowed for one transaction."),
        (PoolMode.Session, "Session", "For apps that need session features. A connection is held until the client disconnects."),
        (PoolMode.Statement, "Statement", "Rarely right. Every statement stands alone."),
    ];

    [Parameter, EditorRequired]
    public PoolMode Mode { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PoolMode> OnChosen { get; set; }
}
