using Microsoft.EntityFrameworkCore;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Databases;

/// <summary>A portal that began on SQLite goes on with PostgreSQL.</summary>
public sealed class CopyTests(SandboxFixture server) : IAsyncLifetime
{
    private SandboxHost _sandbox = null!;
    private TestDatabase _old = null!;
    private TestDatabase _new = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);
        _old = TestDatabase.Sqlite();
        _new = await TestDatabase.PostgreSqlAsync(server.Host);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task Everything_comes_along_the_record_holds_and_the_portal_goes_on()
    {
        await UseAsync();

        var copied = await CopyAsync();

        await using (var old = Open(_old))
        await using (var fresh = Open(_new))
        {
            await SameAsync<PoolChange>(old, fresh, change => change.Id);
            await SameAsync<ManagedPool>(old, fresh, pool => pool.Name);
            await SameAsync<Access.Session>(old, fresh, session => session.KeyHash);
            (await fresh.Set<PoolChange>().SelectMany(change => change.Steps).CountAsync(TestContext.Current.CancellationToken))
                .ShouldBe(await old.Set<PoolChange>().SelectMany(change => change.Steps).CountAsync(TestContext.Current.CancellationToken));
            var record = await fresh.Set<Audit.AuditRow>().OrderBy(row => row.Sequence).ToListAsync(TestContext.Current.CancellationToken);
            SomeRecord.FirstBroken(record).ShouldBeNull();
            record.Count.ShouldBe(await old.Set<Audit.AuditRow>().CountAsync(TestContext.Current.CancellationToken));
            copied.Select(table => table.Table).ShouldBe(fresh.Model.GetEntityTypes().Select(table => table.GetTableName()!), ignoreOrder: true);
            copied.Where(table => table.Rows > 0).Select(table => table.Table).ShouldContain("change_steps");
        }

        await using var portal = await PortalHost.StartAsync(_sandbox, _new);
        await portal.ReadAsync(SandboxClusters.OrdersProd);
        var next = await portal.CreateAsync(await portal.SignInDeveloperAsync(), ChangeScene.Request("second-pool"));
        (next.Id, next.State).ShouldBe((2, ChangeState.Done), "numbers go on where they were");
        SomeRecord.FirstBroken(portal.Record).ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_copied_over_something_or_from_a_database_of_an_older_version()
    {
        await UseAsync();
        await CopyAsync();

        (await Should.ThrowAsync<InvalidDataException>(CopyAsync)).Message.ShouldContain("The new database is not empty");

        await using (var old = Open(_old))
        {
            await old.Database.ExecuteSqlAsync($"""DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT MAX("MigrationId") FROM "__EFMigrationsHistory")""", TestContext.Current.CancellationToken);
        }

        (await Should.ThrowAsync<InvalidDataException>(CopyAsync)).Message.ShouldContain("Start this version on it once");
    }

    private async Task UseAsync()
    {
        await using var portal = await PortalHost.StartAsync(_sandbox, _old);
        await portal.ReadAsync(SandboxClusters.OrdersProd);
        (await portal.CreateAsync(await portal.SignInDeveloperAsync(), ChangeScene.Request())).State.ShouldBe(ChangeState.Done);
    }

    private async Task<IReadOnlyList<(string Table, int Rows)>> CopyAsync()
    {
        await using var old = Open(_old);
        await using var fresh = Open(_new);
        await MigrateAtStart.MigrateAsync(fresh, TestContext.Current.CancellationToken);
        return await DatabaseCopy.RunAsync(old, fresh, TestContext.Current.CancellationToken);
    }

    private static async Task SameAsync<T>(PortalDbContext old, PortalDbContext fresh, Func<T, object> key)
        where T : class
    {
        var before = (await old.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).OrderBy(row => Text(key(row)), StringComparer.Ordinal).ToList();
        var after = (await fresh.Set<T>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken)).OrderBy(row => Text(key(row)), StringComparer.Ordinal).ToList();
        before.ShouldNotBeEmpty();
        after.ShouldBeEquivalentTo(before);
    }

    private static string Text(object key) => key is byte[] bytes ? Convert.ToHexString(bytes) : $"{key}";

    private static PortalDbContext Open(TestDatabase database) => PortalDbContexts.Create(Enum.Parse<DatabaseProvider>(database.Provider), database.ConnectionString);
}
