using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.Changes.Notices;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Operations;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Databases;

/// <summary>
/// A database as each released version left it, in <c>Released</c>, is brought to this version by the real program: nothing is lost, the record
/// holds, and the portal works on it. CONTRIBUTING.md, "Release", says how that of the next version is made.
/// </summary>
public abstract class ReleasedTests(SandboxFixture? server) : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Repository.Top, "tests/Portal.IntegrationTests/Databases/Released");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;

    public static TheoryData<string> Versions => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    private string Engine => server is null ? "sqlite" : "postgresql";

    public async ValueTask InitializeAsync()
    {
        _sandbox = await ColdSandbox.StartAsync();
        _database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_database_of_a_released_version_is_migrated_whole_and_the_portal_works_on_it(string version)
    {
        var released = Path.Combine(Folder, version);
        await DatabaseText.LoadAsync(_database, await File.ReadAllTextAsync(Path.Combine(released, $"{Engine}.sql"), TestContext.Current.CancellationToken));
        var before = await RowsAsync();

        var (code, text) = await RunAsync("database", "migrate");
        code.ShouldBe(0, text);
        (code, text) = await RunAsync("audit", "verify", "--key", Path.Combine(released, $"{Engine}.pem"));
        code.ShouldBe(0, text);
        text.ShouldContain("whole");
        text.ShouldContain("Proved up to row");
        (await RowsAsync()).ShouldBe(before, ignoreOrder: true);

        await using var portal = await StartAsync();
        foreach (var (pool, state) in ReleasedScene.Changes)
        {
            portal.ReadAll<PoolChange>().Single(change => change.PoolName == pool).State.ShouldBe(state, pool);
        }

        portal.ReadAll<ManagedPool>().ShouldHaveSingleItem().Name.ShouldBe(ReleasedScene.Pool);
        portal.ReadAll<Session>().ShouldContain(session => session.PersonName == "developer");
        portal.ReadAll<KnownPerson>().ShouldNotBeEmpty();
        portal.ReadAll<Notice>().ShouldNotBeEmpty();
        portal.ReadAll<Freeze>().ShouldHaveSingleItem().Words.ShouldBe(ReleasedScene.FrozenFor);
        portal.ReadAll<AuditCheckpoint>().ShouldNotBeEmpty();
        portal.ReadAll<ClusterRecord>().ShouldContain(cluster => cluster.Id == SandboxClusters.OrdersProd);
        (await portal.Of<Drafts>().FindAsync<ReleasedScene.HalfTyped>("test|developer", ReleasedScene.Form, CancellationToken.None)).ShouldBe(ReleasedScene.Draft);

        await portal.SignInDeveloperAsync();
        var report = (await portal.Of<RecordWatch>().VerifyAllAsync(CancellationToken.None)).Report;
        report.IsWhole.ShouldBeTrue(report.FirstFinding?.Words);
    }

    /// <summary>From the step before anybody could have data to the last: every step is tried with rows in the tables.</summary>
    [Fact]
    public async Task A_database_of_the_first_step_is_brought_to_the_last_with_what_is_in_it()
    {
        await using (var db = Open())
        {
            await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First(), TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO managed_pools (cluster_id, name, team, owner_id, owner_name, mode, size, database, managed_since, last_change_id, last_changed_at)
                VALUES ('9cc10173-e9ea-4176-9dbc-a4cee4c4ff30', 'first-app', 'Payments', 'test|somebody', 'Somebody', 'Session', 3, 'checkout', '2026-11-23T10:00:00.0000000Z', 0, '2026-11-23T10:00:00.0000000Z');
                INSERT INTO drafts (person_id, form, content, changed_at) VALUES ('test|developer', 'new-pool', '{{"Name":"checkout-half","Size":"1"}}', '2026-11-23T10:00:00.0000000Z');
                """,
                TestContext.Current.CancellationToken);
        }

        var (code, text) = await RunAsync("database", "migrate");

        code.ShouldBe(0, text);
        await using var portal = await StartAsync();
        var pool = portal.ReadAll<ManagedPool>().ShouldHaveSingleItem();
        (pool.Name, pool.Fields.Size, pool.OwnerName).ShouldBe(("first-app", 3, "Somebody"));
        (await portal.Of<Drafts>().FindAsync<ReleasedScene.HalfTyped>("test|developer", ReleasedScene.Form, CancellationToken.None)).ShouldBe(ReleasedScene.Draft);
    }

    [Fact]
    public void Every_version_that_was_released_has_its_database_here()
    {
        var released = File.ReadLines(Path.Combine(Repository.Top, "CHANGELOG.md"))
            .Where(line => line.StartsWith("## [", StringComparison.Ordinal) && !line.EndsWith("unreleased", StringComparison.Ordinal))
            .Select(line => line[4..line.IndexOf(']', StringComparison.Ordinal)]);

        released.Append("0.1.0").Where(version => !File.Exists(Path.Combine(Folder, version, $"{Engine}.sql"))).ShouldBeEmpty();
    }

    /// <summary>Not a test: writes the database of this version. CONTRIBUTING.md, "Release".</summary>
    [Fact(Explicit = true)]
    public async Task Write_the_database_of_this_version()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, PortalVersion.Number)).FullName;
        string text;
        await using (var portal = await PortalHost.StartAsync(_sandbox, _database, ReleasedScene.Adjust))
        {
            var key = await ReleasedScene.PlayAsync(_sandbox, portal);
            text = await DatabaseText.WriteAsync(_database);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{Engine}.pem"), key, TestContext.Current.CancellationToken);
            _sandbox.Faults.Clear();
        }

        _sandbox.Secrets.Append("dop_v1_").Where(secret => text.Contains(secret, StringComparison.Ordinal)).Count().ShouldBe(0, "a secret is in the text");
        text.ShouldNotContain(_database.Folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Engine}.sql"), text, TestContext.Current.CancellationToken);
    }

    /// <summary>Nothing is carried out: what waits in the database waits, to be looked at.</summary>
    private Task<PortalHost> StartAsync() => PortalHost.StartAsync(_sandbox, _database, settings => settings["Changes:Mode"] = "LookOnly");

    private async Task<List<string>> RowsAsync()
    {
        await using var db = Open();
        return await db.Database.SqlQueryRaw<string>("SELECT pool_name || ' ' || state AS \"Value\" FROM changes").ToListAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(int Code, string Text)> RunAsync(params string[] command)
    {
        var log = Path.Combine(_database.Folder, $"{Guid.NewGuid():N}.log");
        int code;
        using (var process = PortalProcess.Start([.. command, .. PortalHost.Arguments(_sandbox, _database)], environment: null, log))
        {
            await process.WaitForExitAsync(Patience);
            code = process.ExitCode;
        }

        return (code, await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
    }

    private PortalDbContext Open() => PortalDbContexts.Create(Enum.Parse<DatabaseProvider>(_database.Provider), _database.ConnectionString);
}

public sealed class ReleasedOnSqliteTests() : ReleasedTests(server: null);

public sealed class ReleasedOnPostgreSqlTests(SandboxFixture server) : ReleasedTests(server);
