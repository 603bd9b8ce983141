using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.IntegrationTests.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Commands;

/// <summary>Going back a version is refused, with words and before anything is changed: at the start, by every command, and by a portal that still runs.</summary>
public abstract class NewerDatabaseTests(SandboxFixture? server) : CommandTest(server)
{
    private const string FromTomorrow = "29990101000000_FromTomorrow";

    [Fact]
    public async Task The_start_ends_with_what_to_do()
    {
        await MigrateAsync();
        await BecomeNewerAsync();
        var log = Path.Combine(_database.Folder, "start.log");
        using (var process = PortalProcess.Start(Arguments(_database), environment: null, log))
        {
            await process.WaitForExitAsync(TimeSpan.FromMinutes(2));
            process.ExitCode.ShouldBe(1);
        }

        var words = (await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken))[^1];
        words.ShouldStartWith("Not started: A newer version of the portal has written this database (29990101000000_FromTomorrow)");
        words.ShouldContain("Nothing was changed.");
        words.ShouldContain("Start the newer version, or restore the backup");
    }

    [Theory]
    [InlineData("database", "migrate")]
    [InlineData("database", "backup", "portal.backup")]
    [InlineData("inventory", "refresh")]
    [InlineData("audit", "verify")]
    [InlineData("audit", "remove", "--through", "1", "--out", "old.jsonl")]
    public async Task Every_command_refuses_it(params string[] command)
    {
        await MigrateAsync();
        await BecomeNewerAsync();

        var (code, text) = await RunAsync(command);

        code.ShouldBe(2, text);
        text.ShouldContain($"Not done: A newer version of the portal has written this database ({FromTomorrow})");
        _sandbox.Ledger.Entries.ShouldBeEmpty();
        File.Exists("portal.backup").ShouldBeFalse();
    }

    [Fact]
    public async Task A_portal_that_still_runs_says_that_it_is_to_be_replaced()
    {
        await using var portal = await PortalHost.StartAsync(_sandbox, _database);
        (await HealthAsync(portal)).Status.ShouldBe(HealthStatus.Healthy);

        await BecomeNewerAsync();

        var health = await HealthAsync(portal);
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description.ShouldNotBeNull().ShouldContain($"A newer version of the portal has changed the tables ({FromTomorrow}) while this one runs.");
    }

    private static async Task<HealthReportEntry> HealthAsync(PortalHost portal) =>
        (await portal.Of<HealthCheckService>().CheckHealthAsync(check => check.Name == "database", CancellationToken.None)).Entries.Values.Single();

    private async Task BecomeNewerAsync()
    {
        await using var db = PortalDbContexts.Create(Enum.Parse<DatabaseProvider>(_database.Provider), _database.ConnectionString);
        await db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ({FromTomorrow}, '99.0')""", TestContext.Current.CancellationToken);
    }
}

public sealed class NewerDatabaseOnSqliteTests() : NewerDatabaseTests(server: null);

public sealed class NewerDatabaseOnPostgreSqlTests(SandboxFixture server) : NewerDatabaseTests(server);
