using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Operations.Telemetry;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Operations;

/// <summary>A portal that is watched from everywhere: scraped, traced, and with the head of its record outside.</summary>
public abstract class TelemetryWorld(SandboxFixture? server) : IAsyncLifetime
{
    internal const string Key = "heron-over-the-reeds";
    internal const string Hook = "/hook/T0-sandpiper";

    internal SandboxHost Sandbox { get; private set; } = null!;

    internal PortalHost Portal { get; private set; } = null!;

    internal Collector Collector { get; private set; } = null!;

    internal NoticeReceiver Receiver { get; private set; } = null!;

    internal HttpClient Http { get; } = new();

    internal TestDatabase Database { get; private set; } = null!;

    /// <summary>Where Prometheus would ask.</summary>
    internal Uri Metrics => new(Portal.OfHosted<MetricsListener>().Address!, MetricsListener.Path);

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);
        Sandbox.WriteSecret("pool-portal/notices", new { secret = "whsec-2f6c" });
        Database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        Collector = await Collector.StartAsync();
        Receiver = await NoticeReceiver.StartAsync();
        var headers = Path.Combine(Database.Folder, "otlp-headers");
        await File.WriteAllTextAsync(headers, $"x-api-key={Key}\n");
        Portal = await PortalHost.StartAsync(Sandbox, Database, settings =>
        {
            settings["Telemetry:MetricsAddress"] = "http://127.0.0.1:0";
            settings["Telemetry:OtlpEndpoint"] = Collector.Address.ToString();
            settings["Telemetry:OtlpProtocol"] = "HttpProtobuf";
            settings["Telemetry:OtlpHeadersFile"] = headers;
            settings["Telemetry:FiguresEvery"] = "00:00:01";
            settings["Audit:Heads:File"] = Path.Combine(Database.Folder, "heads");
            settings["Notices:Url"] = new Uri(Receiver.Address, Hook).ToString();
        });
        await Portal.ReadAsync(SandboxClusters.OrdersProd);
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Receiver.DisposeAsync();
        await Collector.DisposeAsync();
        await Sandbox.DisposeAsync();
        Database.Dispose();
        Http.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class TelemetryOnSqlite() : TelemetryWorld(server: null);

public sealed class TelemetryOnPostgreSql(SandboxFixture server) : TelemetryWorld(server);
