using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Connections.Formats;
using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>Chooses how a connection is written, and shows it with its password masked.</summary>
public sealed partial class ConnectionText
{
    private readonly string _id = Guid.NewGuid().ToString("N")[..8];
    private IConnectionFormat _format = ConnectionFormats.All[0];
    private Network _network;
    private bool _verify;
    private string? _connectAs;

    [Parameter]
    [EditorRequired]
    public Guid Cluster { get; set; }

    // Cascading, because a parameter would have to be public, and the facts are the room's own.
    [CascadingParameter]
    private ConnectionFacts Facts { get; set; } = null!;

    private string Endpoint => $"/clusters/{Cluster}/pools/{Uri.EscapeDataString(Facts.Pool.Name)}/connection";

    private string CertificateAddress => $"/clusters/{Cluster}/{ConnectionDetails.CaFile}";

    private string NetworkHint => _network is Network.Private
        ? "Works from inside the cluster's private network (VPC) only."
        : "Works from the trusted sources of this cluster; from anywhere else it times out.";

    private string ModeName => Facts.Pool.Mode?.ToString() ?? Facts.Pool.ModeText;

    private string? ModeWarning => Facts.Pool.Mode switch
    {
        PoolMode.Transaction =>
            "In this mode, settings, locks and temporary tables made outside a transaction can stay behind and be seen by other clients of this pool. Use SET LOCAL and pg_advisory_xact_lock, or choose Session.",
        PoolMode.Statement => "Every statement stands alone. Transactions are refused.",
        PoolMode.Session => null,
        _ => "The portal does not know this mode, so the settings are the ones that are safe in every mode.",
    };

    protected override void OnParametersSet()
    {
        // What was chosen stays as long as it can still be had.
        if (!Facts.Networks.Contains(_network))
        {
            _network = Facts.Networks[0];
        }

        if (_connectAs is null || !Facts.Choices.Contains(_connectAs, StringComparer.Ordinal))
        {
            _connectAs = Facts.Choices.Count > 0 ? Facts.Choices[0] : null;
        }
    }

    private ConnectionDetails Details(PasswordText password) => new(
        ConnectionFacts.EndpointOf(Facts.Pool, _network)!,
        Facts.Pool.Name,
        Facts.Pool.Database,
        Facts.Pool.User ?? _connectAs ?? "",
        password,
        Facts.Pool.Mode,
        Facts.Pool.Size,
        _verify);

    private void ChooseUser(ChangeEventArgs change)
    {
        if (change.Value is string user && Facts.Choices.Contains(user, StringComparer.Ordinal))
        {
            _connectAs = user;
        }
    }

    private string Id(string part) => $"connection-{part}-{_id}";

    private static string Lower(Network network) => network.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string NetworkWord(Network network) => network is Network.Private ? "Private network (VPC)" : "Public";
}
