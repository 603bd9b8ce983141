using Portal.Sandbox;

namespace Portal.IntegrationTests.Vaults;

/// <summary>A sandbox whose vault a test turns at, and a database for the portals that it starts.</summary>
public abstract class VaultScene : IAsyncLifetime
{
    private protected readonly TestDatabase _database = TestDatabase.Sqlite();
    private protected SandboxHost _sandbox = null!;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<PortalHost> StartAsync(params (string Key, string Value)[] settings) =>
        PortalHost.StartAsync(_sandbox, _database, all => settings.ToList().ForEach(setting => all[setting.Key] = setting.Value));
}
