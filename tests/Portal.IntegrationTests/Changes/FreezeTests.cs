using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.Connections;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Changes;

/// <summary>Changes that an admin has frozen: they wait, and everything else goes on.</summary>
public abstract class FreezeTests(SandboxFixture? server) : ExistingScene(server)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private protected FreezeDesk Desk => _portal.Of<FreezeDesk>();

    [Fact]
    public async Task What_is_approved_while_everything_is_frozen_waits_until_an_admin_ends_it()
    {
        var admin = await AdminAsync();
        var freeze = await FreezeAsync(admin);

        var change = await _portal.SubmitAsync(await _portal.SignInDeveloperAsync(), Request());
        await Eventually.BecomesTrueAsync("the runner knows of the freeze", () => _portal.Of<Freezes>().Last.Count == 1, Deadline);
        (await _portal.WaitAsync(change.Id, _ => true)).State.ShouldBe(ChangeState.Approved);
        (await Desk.EndAsync(admin, freeze.Id, CancellationToken.None)).ShouldBeNull();
        var done = await _portal.WaitAsync(change.Id, now => now.IsFinished);

        done.State.ShouldBe(ChangeState.Done);
        Posts.ShouldBe(1);
        _portal.Record.Where(row => row.Action is AuditAction.Frozen or AuditAction.ApprovedByRule or AuditAction.Unfrozen or AuditAction.Sent)
            .Select(row => row.Action)
            .ShouldBe([AuditAction.Frozen, AuditAction.ApprovedByRule, AuditAction.Unfrozen, AuditAction.Sent]);
    }

    [Fact]
    public async Task A_freeze_holds_although_the_clock_was_set_back_since_it_began()
    {
        var now = DateTimeOffset.UtcNow;
        await using (var db = _portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContext())
        {
            db.Add(new Freeze { Words = "a move", ById = "test|admin", ByName = "admin", From = now.AddMinutes(10), Until = now.AddHours(1) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var change = await _portal.SubmitAsync(await _portal.SignInDeveloperAsync(), Request());
        await Eventually.BecomesTrueAsync("the runner knows of the freeze", () => _portal.Of<Freezes>().Last.Count == 1, Deadline);

        (await _portal.WaitAsync(change.Id, _ => true)).State.ShouldBe(ChangeState.Approved);
        Posts.ShouldBe(0);
    }

    [Fact]
    public async Task A_freeze_of_one_cluster_leaves_the_others_alone()
    {
        await _portal.ReadAsync(SandboxClusters.PaymentsStaging);
        await FreezeAsync(await AdminAsync(), SandboxClusters.OrdersProd);
        var developer = await _portal.SignInDeveloperAsync();
        var held = await _portal.SubmitAsync(developer, Request());

        var done = await _portal.CreateAsync(developer, Request("ledger-app", "1") with { ClusterId = SandboxClusters.PaymentsStaging, Database = "payments", User = "ledger" });

        // What was asked for later has ended, so the runner has passed by the one that waits.
        done.State.ShouldBe(ChangeState.Done, done.Happened);
        (await _portal.WaitAsync(held.Id, _ => true)).State.ShouldBe(ChangeState.Approved);
        _sandbox.Ledger.Count(HttpMethod.Post, $"/v2/databases/{SandboxClusters.OrdersProd}/pools").ShouldBe(0);
    }

    [Fact]
    public async Task A_freeze_ends_by_itself_and_what_waited_is_carried_out()
    {
        var until = DateTimeOffset.UtcNow.AddSeconds(3);
        var freeze = await FreezeAsync(await AdminAsync(), until: until);

        var done = await CreateAsync();

        done.State.ShouldBe(ChangeState.Done);
        _portal.Record.Single(row => row.Action == AuditAction.Sent).At.ShouldBeGreaterThanOrEqualTo(freeze.Until);
        _portal.Record.ShouldNotContain(row => row.Action == AuditAction.Unfrozen);
    }

    [Fact]
    public async Task A_connection_is_handed_out_while_everything_is_frozen()
    {
        var developer = await WithPoolAsync();
        await FreezeAsync(await AdminAsync());

        var answer = await _portal.Of<ConnectionDesk>().HandOutAsync(
            developer,
            new ConnectionRequest(
                SandboxClusters.OrdersProd, Name, "uri", new ConnectionWay(ConnectionUse.Pool, ConnectionServer.Primary, Network.Public), Verify: false, ConnectAs: null, ConnectionPurpose.Copied),
            CancellationToken.None);

        answer.TryGet(out _, out var why).ShouldBeTrue(why?.Happened);
    }

    [Fact]
    public async Task What_was_sent_before_a_freeze_is_read_back_and_ends_in_it()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropAfter);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 1000, status: 503);
        var change = await CreateAsync(until: now => now.State is ChangeState.Unknown);
        await FreezeAsync(await AdminAsync());

        _sandbox.Faults.Clear();
        var done = await _portal.WaitAsync(change.Id, now => now.IsFinished);

        done.State.ShouldBe(ChangeState.Done);
        done.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_freeze_that_comes_right_before_the_call_holds_it()
    {
        Fault(HttpMethod.Get, $"/v2/databases/{SandboxClusters.OrdersProd}", FaultKind.Delay, times: 1000, delayMs: 2000);
        var change = await _portal.SubmitAsync(await _portal.SignInDeveloperAsync(), Request());
        await Eventually.BecomesTrueAsync(
            "the change is taken up", () => _portal.ReadAll<PoolChange>().Single(row => row.Id == change.Id).LeaseOwner is not null, Deadline);

        await FreezeAsync(await AdminAsync());
        await Eventually.BecomesTrueAsync(
            "the change is let go of", () => _portal.ReadAll<PoolChange>().Single(row => row.Id == change.Id).LeaseOwner is null, Deadline);

        _portal.ReadAll<PoolChange>().Single(row => row.Id == change.Id).State.ShouldBe(ChangeState.Approved);
        Posts.ShouldBe(0);
        _portal.ActionsOf(change).ShouldNotContain(AuditAction.Sent);
    }

    [Fact]
    public async Task A_call_with_an_unknown_end_is_not_sent_again_in_a_freeze()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropBefore);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 1000, status: 503);
        var change = await CreateAsync(until: now => now.State is ChangeState.Unknown);
        var admin = await AdminAsync();
        await FreezeAsync(admin);

        _sandbox.Faults.Clear();
        var held = await _portal.WaitAsync(change.Id, now => now.NotBefore > DateTimeOffset.UtcNow.AddSeconds(30));

        held.State.ShouldBe(ChangeState.Unknown);
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task Everything_can_be_asked_for_and_withdrawn_in_a_freeze()
    {
        await FreezeAsync(await AdminAsync());
        var developer = await _portal.SignInDeveloperAsync();

        var large = await _portal.SubmitAsync(developer, Request("large-app", "30"));
        large.State.ShouldBe(ChangeState.WaitingForReview);
        var small = await _portal.SubmitAsync(developer, Request());

        (await _portal.Of<ChangeDecisions>().WithdrawAsync(developer, small.Id, CancellationToken.None)).ShouldBeNull();
        (await _portal.WaitAsync(small.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Withdrawn);
    }

    [Theory]
    [InlineData(Role.Auditor)]
    [InlineData(Role.TeamLead)]
    [InlineData(Role.Developer)]
    internal async Task Only_an_admin_freezes_and_ends_a_freeze_and_a_refusal_is_recorded(Role role)
    {
        var freeze = await FreezeAsync(await AdminAsync());
        var other = await _portal.SignInAsync("somebody", role, "payments", "payments-leads");

        (await Desk.FreezeAsync(other, Asked(), CancellationToken.None)).TryGet(out _, out var notFrozen).ShouldBeFalse();
        var refusal = await Desk.EndAsync(other, freeze.Id, CancellationToken.None);

        notFrozen!.Message.ShouldBe("Only an admin can do this.");
        refusal!.Message.ShouldBe("Only an admin can do this.");
        _portal.ReadAll<Freeze>().ShouldHaveSingleItem().EndedAt.ShouldBeNull();
        _portal.Record.Count(row => row.Action == AuditAction.ActionRefused && row.ActorName == "somebody").ShouldBe(2);
        (await Desk.ListAsync(other, CancellationToken.None)).TryGet(out var list, out _).ShouldBe(role is Role.Auditor);
        list?.MayAct.ShouldBeFalse();
    }

    [Fact]
    public async Task A_freeze_needs_words_and_an_end_that_is_near_enough()
    {
        var admin = await AdminAsync();
        var now = DateTimeOffset.UtcNow;

        (await MistakesAsync(admin, Asked() with { Words = "  " })).ShouldBe([FreezeField.Words]);
        (await MistakesAsync(admin, Asked() with { Words = new string('a', 501) })).ShouldBe([FreezeField.Words]);
        (await MistakesAsync(admin, Asked() with { Words = "see postgresql://app:AVNS_abcdef@host/db" })).ShouldBe([FreezeField.Words]);
        (await MistakesAsync(admin, Asked() with { Until = null })).ShouldBe([FreezeField.Until]);
        (await MistakesAsync(admin, Asked(until: now.AddMinutes(-1)))).ShouldBe([FreezeField.Until]);
        (await MistakesAsync(admin, Asked(until: now.AddDays(14).AddMinutes(1)))).ShouldBe([FreezeField.Until]);
        (await MistakesAsync(admin, Asked() with { Cluster = Guid.NewGuid() })).ShouldBe([FreezeField.Cluster]);
        (await MistakesAsync(admin, Asked(until: now.AddDays(13)) with { Words = new string('a', 500) })).ShouldBeEmpty();
        _portal.ReadAll<Freeze>().Count.ShouldBe(1);
    }

    private protected Task<SessionKey> AdminAsync() => _portal.SignInAsync("admin", Role.Admin);

    internal static FreezeRequest Asked(Guid? cluster = null, DateTimeOffset? until = null) =>
        new(cluster, "the database is being moved", (until ?? DateTimeOffset.UtcNow.AddHours(1)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));

    private protected async Task<Freeze> FreezeAsync(SessionKey admin, Guid? cluster = null, DateTimeOffset? until = null)
    {
        (await Desk.FreezeAsync(admin, Asked(cluster, until), CancellationToken.None)).TryGet(out var freeze, out var notFrozen).ShouldBeTrue(notFrozen?.ToString());
        return freeze!;
    }

    private async Task<IEnumerable<FreezeField>> MistakesAsync(SessionKey admin, FreezeRequest request) =>
        (await Desk.FreezeAsync(admin, request, CancellationToken.None)).TryGet(out _, out var notFrozen) ? [] : notFrozen.Mistakes.Select(mistake => mistake.Field);
}

public sealed class FreezesOnSqliteTests() : FreezeTests(server: null);

public sealed class FreezesOnPostgreSqlTests(SandboxFixture server) : FreezeTests(server)
{
    [Fact]
    public async Task Another_portal_on_the_same_database_holds_the_freeze_too_and_lets_go_with_it()
    {
        await using var other = await PortalHost.StartAsync(_sandbox, _database);
        var admin = await AdminAsync();
        var freeze = await FreezeAsync(admin);
        await Eventually.BecomesTrueAsync("the other portal knows of it", () => other.Of<Freezes>().Last.Count == 1, TimeSpan.FromSeconds(30));

        var change = await other.SubmitAsync(await other.SignInDeveloperAsync(), Request());
        await Desk.EndAsync(admin, freeze.Id, CancellationToken.None);
        await Eventually.BecomesTrueAsync("it is done", () => _portal.ReadAll<PoolChange>().Single(row => row.Id == change.Id).State is ChangeState.Done, TimeSpan.FromSeconds(30));

        await Eventually.BecomesTrueAsync("the other portal knows of the end", () => other.Of<Freezes>().Last.Count == 0, TimeSpan.FromSeconds(30));
        _portal.Record.Single(row => row.Action == AuditAction.Sent).Sequence.ShouldBeGreaterThan(_portal.Record.Single(row => row.Action == AuditAction.Unfrozen).Sequence);
    }
}
