using System.Diagnostics;
using System.Text;
using Npgsql;
using Portal.Audit;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Commands;

/// <summary>A backup of a portal that runs, and the way back to it, as the operations page describes them.</summary>
public abstract class BackupTests(SandboxFixture? server) : CommandTest(server)
{
    [Fact]
    public async Task A_backup_of_a_running_portal_is_restored_with_its_record_whole_and_without_what_came_later()
    {
        var file = Path.Combine(_database.Folder, "backup");
        long rows;
        await using (var portal = await PortalHost.StartAsync(_sandbox, _database))
        {
            await portal.SignInDeveloperAsync();
            await portal.ReadAsync(SandboxClusters.OrdersProd);

            var (code, text) = await RunAsync("database", "backup", file);

            code.ShouldBe(0, text);
            text.ShouldContain("SHA-256");
            portal.Record.ShouldContain(row => row.Action == AuditAction.BackedUp && row.Details.Contains("backup", StringComparison.Ordinal));
            rows = portal.Record[^1].Sequence;
            await portal.SignInDeveloperAsync();
            portal.Record[^1].Sequence.ShouldBeGreaterThan(rows);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var restored = await NewDatabaseAsync();
        await RestoreAsync(file, restored);

        var (verified, words) = await RunOnAsync(restored, ["audit", "verify"], []);
        verified.ShouldBe(0, words);
        await using var again = await PortalHost.StartAsync(_sandbox, restored);
        again.Record.TakeWhile(row => row.Action != AuditAction.Started || row.Sequence <= rows).Count().ShouldBe((int)rows);
        again.ReadAll<ClusterRecord>().ShouldContain(cluster => cluster.Id == SandboxClusters.OrdersProd);
    }

    [Fact]
    public async Task A_backup_holds_no_secret_of_the_vault()
    {
        await MigrateAsync();
        await using (var portal = await PortalHost.StartAsync(_sandbox, _database))
        {
            await portal.SignInDeveloperAsync();
        }

        var file = Path.Combine(_database.Folder, "backup");
        (await RunAsync("database", "backup", file)).Code.ShouldBe(0);

        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        _sandbox.Secrets.Count(secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over_and_a_backup_that_fails_leaves_none()
    {
        await MigrateAsync();
        var file = Path.Combine(_database.Folder, "backup");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        (await RunAsync("database", "backup", file)).Code.ShouldBe(1);
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe("mine");

        var away = IsSqlite ? "Data Source=/no/such/folder/portal.db" : new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Port = 1, Timeout = 2 }.ConnectionString;
        var other = Path.Combine(_database.Folder, "other");
        var (code, text) = await RunAsync(["database", "backup", other], [("Database:ConnectionString", away)]);
        code.ShouldBe(2, text);
        Directory.GetFiles(_database.Folder, "other*").ShouldBeEmpty();
        if (!IsSqlite)
        {
            text.ShouldNotContain(new NpgsqlConnectionStringBuilder(_database.ConnectionString).Password!);
        }
    }

    private async Task RestoreAsync(string file, TestDatabase into)
    {
        if (IsSqlite)
        {
            File.Copy(file, Path.Combine(into.Folder, "portal.db"));
            return;
        }

        var target = new NpgsqlConnectionStringBuilder(into.ConnectionString);
        var start = new ProcessStartInfo("pg_restore", ["--no-owner", "--exit-on-error", $"--dbname={target.Database}", file])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment =
            {
                ["PGHOST"] = target.Host,
                ["PGPORT"] = $"{target.Port}",
                ["PGUSER"] = target.Username,
                ["PGPASSWORD"] = target.Password,
                ["PGSSLMODE"] = "require",
            },
        };
        using var restore = Process.Start(start)!;
        var words = await restore.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await restore.WaitForExitAsync(TestContext.Current.CancellationToken);
        restore.ExitCode.ShouldBe(0, words);
    }
}

public sealed class BackupOnSqliteTests() : BackupTests(server: null);

public sealed class BackupOnPostgreSqlTests(SandboxFixture server) : BackupTests(server);
