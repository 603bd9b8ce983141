using Portal.Commands;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Commands;

/// <summary>The commands of the program beside a sandbox and a database of their own. No portal runs unless a test starts one.</summary>
public abstract class CommandTest(SandboxFixture? server) : IAsyncLifetime
{
    private protected SandboxHost _sandbox = null!;
    private protected TestDatabase _database = null!;

    private protected bool IsSqlite => server is null;

    public virtual async ValueTask InitializeAsync()
    {
        _sandbox = await ColdSandbox.StartAsync();
        _database = await NewDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<TestDatabase> NewDatabaseAsync() => server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);

    /// <summary>What somebody types, with the settings of this test behind it.</summary>
    private protected Task<(int Code, string Text)> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    private protected Task<(int Code, string Text)> RunAsync(string[] arguments, (string Key, string Value)[] settings, string typed = "") =>
        RunOnAsync(_database, arguments, settings, typed);

    private protected async Task<(int Code, string Text)> RunOnAsync(TestDatabase database, string[] arguments, (string Key, string Value)[] settings, string typed = "")
    {
        await using var output = new StringWriter();
        using var input = new StringReader(typed);
        var code = await CommandLine.RunAsync([.. arguments, .. Arguments(database, settings)], new Terminal(input, output, output));
        return (code, output.ToString());
    }

    private protected string[] Arguments(TestDatabase database, params (string Key, string Value)[] settings) => PortalHost.Arguments(_sandbox, database, all =>
    {
        all["DigitalOcean:TryScopes"] = "true";
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }
    });

    private protected async Task MigrateAsync() => (await RunAsync("database", "migrate")).Code.ShouldBe(0);
}
