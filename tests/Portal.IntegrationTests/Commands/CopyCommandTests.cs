using Portal.Audit;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Commands;

/// <summary><c>database copy</c>, from the SQLite of a portal that was stopped to a PostgreSQL that is empty.</summary>
public sealed class CopyCommandTests(SandboxFixture server) : CommandTest(server)
{
    [Fact]
    public async Task It_brings_everything_over_once_and_says_what_the_record_is_worth_on_both_sides()
    {
        using var old = TestDatabase.Sqlite();
        var file = Path.Combine(old.Folder, "portal.db");
        long rows;
        await using (var portal = await PortalHost.StartAsync(_sandbox, old))
        {
            await portal.SignInDeveloperAsync();
            rows = portal.Record[^1].Sequence;
        }

        var (code, text) = await RunAsync("database", "copy", file);
        var (again, words) = await RunAsync("database", "copy", file);

        code.ShouldBe(0, text);
        text.ShouldContain("Before, the record:");
        text.ShouldContain("After, the record:");
        text.ShouldContain("1 sessions");
        again.ShouldBe(1);
        words.ShouldContain("Nothing was copied. The new database is not empty");
        await using var moved = await PortalHost.StartAsync(_sandbox, _database);
        moved.Record.Count(row => row.Sequence <= rows).ShouldBe((int)rows);
        moved.Record.ShouldContain(row => row.Action == AuditAction.DatabaseCopied);
        SomeRecord.FirstBroken(moved.Record).ShouldBeNull();
    }

    [Fact]
    public async Task A_record_that_was_touched_is_not_copied()
    {
        using var old = TestDatabase.Sqlite();
        await using (var portal = await PortalHost.StartAsync(_sandbox, old))
        {
            await portal.SignInDeveloperAsync();
            await portal.Of<Storage.Database>().WriteAsync(
                (db, token) => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "DROP TRIGGER audit_refuses_update; UPDATE audit SET actor_name = 'nobody' WHERE sequence = 1", token),
                CancellationToken.None);
        }

        var (code, text) = await RunAsync("database", "copy", Path.Combine(old.Folder, "portal.db"));

        code.ShouldBe(1, text);
        text.ShouldContain("Nothing was copied");
        (await RunAsync("audit", "verify")).Code.ShouldNotBe(1);
    }

    [Fact]
    public async Task What_is_not_there_and_where_it_should_not_go_is_said()
    {
        (await RunAsync("database", "copy", Path.Combine(_database.Folder, "none.db"))).Text.ShouldContain("There is no file");

        using var sqlite = TestDatabase.Sqlite();
        var (code, text) = await RunOnAsync(sqlite, ["database", "copy", "portal.db"], []);

        code.ShouldBe(1);
        text.ShouldContain("set Database:Provider to PostgreSql");
    }
}
