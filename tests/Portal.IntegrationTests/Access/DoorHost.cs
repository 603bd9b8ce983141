using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Access;
using Portal.Audit;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Door;

/// <summary>A portal with a provider and a vault beside it; the provider knows the portal's address.</summary>
internal sealed class DoorHost : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly List<Browser> _browsers = [];
    private int _rowsBefore;
    private HashSet<string> _sessionsBefore = [];

    public required SandboxHost Sandbox { get; init; }

    public required PortalHost Portal { get; set; }

    public TestDatabase Database => _database;

    /// <param name="adjust">Changes the settings.</param>
    /// <param name="database">Default: one of its own, on SQLite.</param>
    /// <param name="log">As <see cref="PortalHost.StartAsync"/> has it.</param>
    /// <param name="path">Where the portal lies on its host.</param>
    public static async Task<DoorHost> StartAsync(
        Action<Dictionary<string, string>>? adjust = null, TestDatabase? database = null, Func<TestDatabase, ILoggerProvider>? log = null, string path = "")
    {
        var port = FreePort();
        var sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false, PortalUrls = $"http://localhost:{port}{path}" }, CancellationToken.None);
        database ??= TestDatabase.Sqlite();
        var portal = await PortalHost.StartAsync(sandbox, database, settings =>
        {
            settings["urls"] = $"http://localhost:{port}";
            if (path.Length > 0)
            {
                settings["Access:PublicUrl"] = $"http://localhost:{port}{path}";
            }

            adjust?.Invoke(settings);
        }, log?.Invoke(database));
        return new DoorHost(database) { Sandbox = sandbox, Portal = portal };
    }

    private DoorHost(TestDatabase database) => _database = database;

    /// <param name="takenOff">As <see cref="Door.Browser"/> has it.</param>
    public Browser Browser(string takenOff = "")
    {
        var browser = new Browser(new Uri($"http://localhost:{Portal.Address.Port}"), takenOff);
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>The record since the test began.</summary>
    public IReadOnlyList<AuditRow> Record => [.. Portal.Record.Skip(_rowsBefore)];

    /// <summary>The reasons of the refused sign-ins, as the record has them.</summary>
    public IEnumerable<string> Refusals => Record.Where(row => row.Action == "sign-in refused").Select(row => row.Details);

    /// <summary>The sessions since the test began, in the order of their sign-ins.</summary>
    public IReadOnlyList<Session> Sessions => [.. Portal.ReadAll<Session>().Where(session => !_sessionsBefore.Contains(Convert.ToHexString(session.KeyHash))).OrderBy(session => session.CreatedAt)];

    /// <summary>The host as if it had just started, as far as a test sees.</summary>
    public DoorHost Afresh()
    {
        _rowsBefore = Portal.Record.Count;
        _sessionsBefore = [.. Portal.ReadAll<Session>().Select(session => Convert.ToHexString(session.KeyHash))];
        return this;
    }

    public async Task BreakRecordAsync()
    {
        await using var db = Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE audit RENAME TO audit_away");
    }

    /// <summary>Ends every session on the server, as an admin would.</summary>
    public async Task EndAllAsync()
    {
        await using var db = Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        await db.Set<Session>().ExecuteUpdateAsync(row => row.SetProperty(session => session.EndedAt, DateTimeOffset.UnixEpoch));
    }

    public async ValueTask DisposeAsync()
    {
        _browsers.ForEach(browser => browser.Dispose());
        await Portal.DisposeAsync();
        await Sandbox.DisposeAsync();
        _database.Dispose();
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
