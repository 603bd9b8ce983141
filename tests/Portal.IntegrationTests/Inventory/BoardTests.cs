using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Inventory;

[Trait("Database", "SQLite")]
public sealed class BoardOnSqliteTests() : BoardTests(server: null);

[Trait("Database", "PostgreSQL")]
public sealed class BoardOnPostgreSqlTests(SandboxFixture server) : BoardTests(server);

/// <summary>What pages see in memory follows what is written, and a refresh on demand says what it did.</summary>
public abstract class BoardTests(SandboxFixture? server) : ChangeScene(server)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClusterFacts OrdersProd => _portal.Of<InventoryBoard>().View.Find(SandboxClusters.OrdersProd)!;

    [Fact]
    public async Task A_pool_is_on_the_board_when_its_change_is_done()
    {
        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        var pool = OrdersProd.Pools.Single(pool => pool.Name == "checkout-app");
        pool.State.ShouldBe(PoolState.Live);
        pool.Managed!.LastChangeId.ShouldBe(change.Id);
    }

    [Fact]
    public async Task What_another_process_wrote_is_seen_by_the_next_whole_loading()
    {
        await using (var db = await _portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Stop))
        {
            await InventoryReader.KeepPoolAsync(db, SandboxClusters.OrdersProd, "elsewhere", new PoolFields(PoolMode.Session, 3, "orders", null), DateTimeOffset.UnixEpoch, Stop);
            await db.SaveChangesAsync(Stop);
        }

        await _portal.Of<BoardKeeper>().LoadAsync(Stop);

        OrdersProd.Pools.ShouldContain(pool => pool.Name == "elsewhere" && pool.User == null);
    }

    [Theory]
    [InlineData(-1, true, "an answer to a question from before the change")]
    [InlineData(0, false, "a question of the same moment")]
    [InlineData(1, false, "a question from after it")]
    [InlineData(-600, false, "the clock was set back: no call takes so long")]
    public async Task A_list_that_is_older_than_a_change_of_ours_does_not_undo_it(int asked, bool stays, string because)
    {
        await _portal.ReadAsync(SandboxClusters.PaymentsStaging);
        var isThere = await _portal.Of<Database>().WriteAsync(
            async (db, token) =>
            {
                // So that the background reads before all of this or after it.
                await Database.LockAsync(db, WriteLock.Inventory, token);
                var now = TimeProvider.System.GetUtcNow();
                await InventoryRows.KeepPoolAsync(db, SandboxClusters.PaymentsStaging, "just-made", new PoolFields(PoolMode.Session, 3, "orders", null), now, token);
                await db.SaveChangesAsync(token);

                await InventoryRows.KeepPoolsAsync(db, SandboxClusters.PaymentsStaging, [], now.AddSeconds(asked), now.AddSeconds(2), token);
                await db.SaveChangesAsync(token);
                return await db.Set<PoolRecord>().AnyAsync(pool => pool.Name == "just-made", token);
            },
            Stop);

        isThere.ShouldBe(stays, because);
    }

    [Fact]
    public async Task A_refresh_says_what_is_new_and_what_is_not()
    {
        var session = await _portal.SignInDeveloperAsync();
        await InThePanelAsync("by-hand", 3);

        var first = await Desk.ReadOneAsync(session, SandboxClusters.OrdersProd, Stop);
        var second = await Desk.ReadOneAsync(session, SandboxClusters.OrdersProd, Stop);

        first.ShouldBe(new RefreshOutcome(IsComplete: true, "orders-prod was read again. 1 pool new."));
        second.ShouldBe(new RefreshOutcome(IsComplete: true, "orders-prod was read again. Nothing has changed."));
        OrdersProd.Pools.ShouldContain(pool => pool.Name == "by-hand" && pool.State == PoolState.Unmanaged);
    }

    [Fact]
    public async Task A_refresh_of_what_was_read_a_moment_ago_causes_no_call()
    {
        var session = await _portal.SignInDeveloperAsync();
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        var calls = _sandbox.Ledger.Entries.Count(entry => entry.Path == $"/v2/databases/{SandboxClusters.OrdersProd}/pools");

        var outcome = await Desk.ReadShownAsync(session, [SandboxClusters.OrdersProd], Stop);

        outcome.Words.ShouldBe("All of it was read a moment ago.");
        _sandbox.Ledger.Entries.Count(entry => entry.Path == $"/v2/databases/{SandboxClusters.OrdersProd}/pools").ShouldBe(calls);
    }

    [Fact]
    public async Task A_refresh_that_fails_says_why_and_takes_nothing_away()
    {
        var session = await _portal.SignInDeveloperAsync();
        await CreateAsync();
        Fault(HttpMethod.Get, Pools, FaultKind.Status, times: 20, status: 503);

        var outcome = await Desk.ReadOneAsync(session, SandboxClusters.OrdersProd, Stop);

        outcome.IsComplete.ShouldBeFalse();
        outcome.Words.ShouldBe("orders-prod could not be read again. DigitalOcean's service is unavailable (status 503).");
        OrdersProd.Pools.ShouldContain(pool => pool.Name == "checkout-app");
    }

    [Fact]
    public async Task Who_is_signed_out_or_has_no_role_causes_no_call()
    {
        var nobody = await _portal.SignInAsync("outsider", Role.Developer);
        await _portal.Of<Sessions>().EndAsync(nobody, SessionEnd.SignedOut, by: null, Stop);

        var outcome = await Desk.ReadOneAsync(nobody, SandboxClusters.OrdersProd, Stop);

        outcome.ShouldBe(new RefreshOutcome(IsComplete: false, Refusal.SessionEnded.Message));
    }

    private RefreshDesk Desk => _portal.Of<RefreshDesk>();
}
