using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>What the mode of a pool takes from its clients, and why each setting of a text is there.</summary>
public sealed partial class ConnectionReasons
{
    /// <summary>The mode as DigitalOcean writes it; empty for a connection that goes around the pool.</summary>
    [Parameter]
    [EditorRequired]
    public string Mode { get; set; } = "";

    [Parameter]
    [EditorRequired]
    public IReadOnlyList<(string Text, string Why)> Settings { get; set; } = [];

    private string ModeName => PoolModes.Parse(Mode)?.ToString() ?? Mode;

    private string? Warning => PoolModes.Parse(Mode) switch
    {
        _ when Mode.Length == 0 => null,
        PoolMode.Transaction =>
            "In this mode, settings, locks and temporary tables made outside a transaction can stay behind and be seen by other clients of this pool. Use SET LOCAL and pg_advisory_xact_lock, or choose Session.",
        PoolMode.Statement => "Every statement stands alone. Transactions are refused.",
        PoolMode.Session => null,
        _ => "The portal does not know this mode, so the settings are the ones that are safe in every mode.",
    };
}
