using System.Globalization;
using Npgsql;

namespace Portal.Benchmarks.Stage;

/// <summary>What all measurements work with: a sandbox, portals and the template, each started when it is needed and ended with the run.</summary>
internal sealed class Bench(Options options) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-bench-");
    private readonly List<Service> _services = [];
    private readonly int[] _portalPorts = [Programs.FreePort(), Programs.FreePort(), Programs.FreePort(), Programs.FreePort()];
    private readonly Uri _proxy = new(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{Programs.FreePort()}"));
    private SandboxService? _sandbox;
    private SandboxService? _large;
    private int _started;

    public Options Options => options;

    public bool IsQuick => options.IsQuick;

    /// <summary>Whether a figure was asked for; without <c>--only</c> all are.</summary>
    public bool Wants(string figure) => options.Only.Count == 0 || options.Only.Contains(figure);

    /// <summary>For what is written while it runs.</summary>
    public DirectoryInfo Folder => _folder;

    /// <summary>With live clusters, and so many others that the first page of pools is full.</summary>
    public async Task<SandboxService> SandboxAsync(CancellationToken cancellationToken) => _sandbox ??= await StartSandboxAsync("sandbox", clusters: 3, isLive: true, cancellationToken);

    /// <summary>With a thousand clusters of twenty pools each.</summary>
    public async Task<SandboxService> LargeSandboxAsync(CancellationToken cancellationToken) => _large ??= await StartSandboxAsync("sandbox-large", clusters: 1000, isLive: false, cancellationToken);

    public static PortalDatabase Sqlite(DirectoryInfo folder) =>
        new("Sqlite", $"Data Source={Path.Combine(folder.FullName, $"portal-{Guid.NewGuid():N}.db")}");

    /// <summary>A database of its own on the PostgreSQL of a live cluster of the sandbox.</summary>
    public async Task<PortalDatabase> PostgreSqlAsync(CancellationToken cancellationToken)
    {
        var sandbox = await SandboxAsync(cancellationToken);
        var name = $"portal_{Guid.NewGuid():N}";
        var cluster = $"/v2/databases/{OrdersProd}";
        await sandbox.SendAsync(HttpMethod.Post, $"{cluster}/dbs", new { name }, cancellationToken);
        var direct = (await sandbox.SendAsync(HttpMethod.Get, cluster, body: null, cancellationToken)).GetProperty("database").GetProperty("connection");
        return new PortalDatabase("PostgreSql", new NpgsqlConnectionStringBuilder
        {
            Host = direct.GetProperty("host").GetString(),
            Port = direct.GetProperty("port").GetInt32(),
            Database = name,
            Username = direct.GetProperty("user").GetString(),
            Password = direct.GetProperty("password").GetString(),
            SslMode = SslMode.Require,
            MaxPoolSize = 10,
        }.ConnectionString);
    }

    /// <summary>The id of the sandbox's cluster orders-prod, which never changes.</summary>
    public static readonly Guid OrdersProd = new("11111111-1111-4111-8111-111111111111");

    /// <summary>The settings of a portal, as its command line.</summary>
    public static string[] Settings(SandboxService sandbox, PortalDatabase database, params IReadOnlyList<string> more) =>
    [
        "--environment=Sandbox",
        $"--DigitalOcean:BaseUrl={sandbox.Address}",
        // The sandbox counts calls; what the portal may make in a minute is not what is measured.
        "--DigitalOcean:CallsPerMinute=1000000",
        "--DigitalOcean:CallsPerHour=1000000",
        "--Vault:Provider=HashiCorp",
        $"--Vault:HashiCorp:Address={sandbox.Address}",
        "--Vault:HashiCorp:RoleId=pool-portal",
        $"--Vault:HashiCorp:SecretIdFile={sandbox.SecretIdFile}",
        $"--SignIn:Authority=http://localhost:{sandbox.Address.Port}/oidc",
        $"--Database:Provider={database.Provider}",
        $"--Database:ConnectionString={database.ConnectionString}",
        // Thousands of pages of a few accounts.
        "--Limits:CircuitsPerPerson=1000",
        "--Access:Idle=01:00:00",
        .. more,
    ];

    /// <summary>Starts a portal as it ships, with the probe loaded into it, and waits until it is ready.</summary>
    /// <param name="place">Which of the four addresses that the sandbox lets people come from.</param>
    public async Task<Service> PortalAsync(SandboxService sandbox, PortalDatabase database, int place, CancellationToken cancellationToken, params IReadOnlyList<string> more)
    {
        var (portal, _) = await StartPortalAsync(sandbox, database, place, hasProbe: true, cancellationToken, more);
        return portal;
    }

    public async Task<(Service Portal, TimeSpan Took)> StartPortalAsync(
        SandboxService sandbox, PortalDatabase database, int place, bool hasProbe, CancellationToken cancellationToken, params IReadOnlyList<string> more)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{_portalPorts[place]}"));
        var portal = Keep(Service.Start(Name($"portal-{place}"), options.Portal ?? Programs.Portal, address, Environment(address, hasProbe), Settings(sandbox, database, more)));
        return (portal, await portal.ReadyAsync("health/ready", cancellationToken));
    }

    public async Task<(Service Template, TimeSpan Took)> StartTemplateAsync(bool hasProbe, CancellationToken cancellationToken, int? port = null)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port ?? Programs.FreePort()}"));
        var template = Keep(Service.Start(Name("template"), Programs.Template, address, Environment(address, hasProbe)));
        return (template, await template.ReadyAsync("counter", cancellationToken));
    }

    /// <summary>The address of the proxy before portals, and the settings that these need for it.</summary>
    public (Uri Address, string[] Settings) Proxy => (_proxy, [$"--Access:PublicUrl={_proxy.GetLeftPart(UriPartial.Authority)}", "--Access:Proxies:0=127.0.0.1"]);

    public async Task<Service> ProxyAsync(IEnumerable<Service> portals, CancellationToken cancellationToken) =>
        Keep(await ReverseProxy.StartAsync(Name("nginx"), _folder, _proxy, portals.Select(portal => portal.Address), cancellationToken));

    /// <summary>Ends one before the run ends.</summary>
    public async Task EndAsync(Service service)
    {
        _services.Remove(service);
        await service.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in Enumerable.Reverse(_services))
        {
            await service.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<SandboxService> StartSandboxAsync(string name, int clusters, bool isLive, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Programs.FreePort()}"));
        var secretId = Path.Combine(_folder.FullName, $"{name}-secret-id");
        var service = Keep(Service.Start(
            name,
            Programs.Sandbox,
            address,
            new Dictionary<string, string>
            {
                ["SANDBOX_PORT"] = address.Port.ToString(CultureInfo.InvariantCulture),
                ["Sandbox__PortalUrls"] = string.Join(';', _portalPorts.Select(port => $"http://localhost:{port}").Append(_proxy.GetLeftPart(UriPartial.Authority))),
                ["Sandbox__SecretIdFile"] = secretId,
                ["Sandbox__Live"] = isLive ? "true" : "false",
                ["Sandbox__RequestsPerMinute"] = "1000000",
                ["Sandbox__RequestsPerHour"] = "1000000",
            },
            "--clusters",
            clusters.ToString(CultureInfo.InvariantCulture)));
        await service.ReadyAsync("sandbox/ready", cancellationToken);
        return new SandboxService(service, secretId);
    }

    private Dictionary<string, string> Environment(Uri address, bool hasProbe)
    {
        var environment = new Dictionary<string, string>
        {
            // The template keeps keys there.
            ["HOME"] = _folder.FullName,
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["Logging__LogLevel__Default"] = "Warning",
        };
        if (hasProbe)
        {
            environment["DOTNET_STARTUP_HOOKS"] = Programs.Probe;
            environment["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = Path.GetFileNameWithoutExtension(Programs.Probe);
        }

        return environment;
    }

    private string Name(string what) => string.Create(CultureInfo.InvariantCulture, $"{what}-{_started++:000}");

    private Service Keep(Service service)
    {
        _services.Add(service);
        return service;
    }
}

internal sealed record PortalDatabase(string Provider, string ConnectionString);
