using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Connections.Formats;
using Portal.Inventory;

namespace Portal.Connections;

/// <summary>Chooses how a connection is written, and shows it with its password masked.</summary>
public sealed partial class ConnectionText
{
    private readonly string _id = Guid.NewGuid().ToString("N")[..8];
    private IConnectionFormat? _chosenFormat;
    private ConnectionUse _use;
    private ConnectionServer _server;
    private Network? _network;
    private bool _verify;
    private string? _connectAs;
    private ConnectionFacts? _seen;

    [Parameter]
    [EditorRequired]
    public Guid Cluster { get; set; }

    // Cascading, because a parameter would have to be public, and the facts are the room's own.
    [CascadingParameter]
    private ConnectionFacts Facts { get; set; } = null!;

    /// <summary>Keeps what was chosen for the next time.</summary>
    [CascadingParameter]
    private Func<ConnectionChoice, Task>? Remember { get; set; }

    private IConnectionFormat Format => _chosenFormat ?? ConnectionFormats.All[0];

    private string Endpoint => $"{PoolAddresses.Of(Cluster, Facts.Pool.Name)}/connection";

    private string CertificateAddress => $"clusters/{Cluster}/{ConnectionDetails.CaFile}";

    private string User => Facts.Pool.User ?? _connectAs ?? "";

    private bool Verify => _verify || Format.AlwaysVerifies;

    private IReadOnlyList<ConnectionUse> Uses =>
        [.. Enum.GetValues<ConnectionUse>().Where(use => Facts.Networks(use, ConnectionServer.Primary).Count > 0)];

    private IReadOnlyList<ConnectionServer> Servers =>
        [.. Enum.GetValues<ConnectionServer>().Where(server => Facts.Networks(_use, server).Count > 0)];

    private IReadOnlyList<Network> Networks => Facts.Networks(_use, _server);

    // What was chosen, as far as it can be had; the public one as long as nobody has chosen.
    private Network Network => _network is { } chosen && Networks.Contains(chosen) ? chosen : Networks[0];

    private string NetworkHint => (Network, _network, Networks.Count) switch
    {
        (_, null, > 1) => $"Not chosen yet: the address shown is the public one. {Facts.Surroundings.Sources}",
        (Network.Private, _, _) => $"Works from inside the cluster's private network (VPC) only. {TrustedSources.SeenFromInside(Facts.Surroundings.Sources)}",
        _ => Facts.Surroundings.Sources,
    };

    private string UseHint => (_use, Facts.Surroundings.DirectTrouble) switch
    {
        (ConnectionUse.Direct, _) =>
            "Around the pool, to PostgreSQL itself: for migrations, pg_dump and LISTEN. Each connection is one of the cluster's; apps use the pool.",
        (_, { } trouble) => $"The direct connection could not be read: {trouble}",
        _ => "",
    };

    private string CaHint => Format.CarriesCertificate
        ? "The text has the CA certificate in it."
        : $"Put {ConnectionDetails.CaFile} into the folder that your program or psql is started in.";

    private IReadOnlyList<(string Text, string Why)> Reasons =>
        [.. Format.Settings(Details(PasswordText.Masked)).Select(setting => (setting.Text, setting.Why))];

    protected override void OnParametersSet()
    {
        if (_seen is null)
        {
            _network = Facts.Remembered.Network;
            _chosenFormat = ConnectionFormats.Find(Facts.Remembered.Format);
        }

        // What was chosen stays as long as it can still be had.
        _seen = Facts;
        if (!Uses.Contains(_use))
        {
            _use = Uses[0];
        }

        if (!Servers.Contains(_server))
        {
            _server = Servers[0];
        }

        if (_connectAs is null || !Facts.Choices.Contains(_connectAs, StringComparer.Ordinal))
        {
            _connectAs = Facts.Choices.Count > 0 ? Facts.Choices[0] : null;
        }
    }

    private ConnectionDetails Details(PasswordText password) => new(
        Facts.Find(new ConnectionWay(_use, _server, Network))!,
        Facts.Pool.Name,
        Facts.Pool.Database,
        User,
        password,
        Facts.Pool.Mode,
        Facts.Pool.Size,
        Verify)
    {
        Use = _use,
        Prepared = Facts.Prepared,
        Certificate = Facts.Surroundings.Certificate,
    };

    private void ChooseUse(ConnectionUse use)
    {
        _use = use;
        if (!Servers.Contains(_server))
        {
            _server = Servers[0];
        }
    }

    private void ChooseUser(ChangeEventArgs change)
    {
        if (change.Value is string user && Facts.Choices.Contains(user, StringComparer.Ordinal))
        {
            _connectAs = user;
        }
    }

    private async Task ChooseNetworkAsync(Network network)
    {
        _network = network;
        await RememberAsync();
    }

    private async Task ChooseFormatAsync(string? id)
    {
        if (ConnectionFormats.Find(id) is { } format)
        {
            _chosenFormat = format;
            await RememberAsync();
        }
    }

    private async Task RememberAsync()
    {
        if (Remember is not null)
        {
            await Remember(new ConnectionChoice(_network, _chosenFormat?.Id));
        }
    }

    private string Id(string part) => $"connection-{part}-{_id}";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string NetworkWord(Network network) => network is Network.Private ? "In the cluster's VPC" : "My machine or elsewhere";

    private static string ServerWord(ConnectionServer server) => server is ConnectionServer.Standby ? "Standby (read only)" : "Primary";
}
