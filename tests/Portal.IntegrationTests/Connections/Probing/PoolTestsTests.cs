using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>Tests that people ask for: who may, what is recorded, what is kept.</summary>
public sealed class PoolTestsTests(LiveWorld world) : IClassFixture<LiveWorld>, IAsyncDisposable
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 2, "checkout", "checkout");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PoolTests Tests => world.Portal.Of<PoolTests>();

    public async ValueTask DisposeAsync()
    {
        world.Sandbox.Faults.Clear();
        await world.RemovePoolsAsync();
    }

    [Fact]
    public async Task Who_acts_for_the_team_tests_and_it_is_recorded_and_kept_without_the_password()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout);

        (await Tests.TestAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out var report, out var why).ShouldBeTrue(why?.Happened);

        report!.Connected.ShouldBe(true);
        var rows = RowsFor(pool);
        rows.Select(row => row.Action).ShouldBe([AuditAction.TestAsked, AuditAction.ConnectionTested]);
        rows.ShouldAllBe(row => row.ActorName == "developer" && row.ClusterId == SandboxClusters.OrdersProd);
        Detail(rows[1], "result").ShouldBe(report.Words);
        var kept = await KeptAsync(pool);
        (kept!.Prepared, kept.Active, kept.IdleInTransaction).ShouldBe((PreparedStatements.Off, 0, 0));
        kept.TestedAt.ShouldBe(kept.InUseSeenAt!.Value, TimeSpan.FromSeconds(10));
        var written = JsonSerializer.Serialize(report) + string.Concat(world.Portal.Record.Select(row => row.Details));
        foreach (var secret in world.Sandbox.Secrets)
        {
            written.ShouldNotContain(secret);
            written.ShouldNotContain(JsonEncodedText.Encode(secret).ToString());
        }
    }

    [Theory]
    [InlineData("Developer", "orders")]
    [InlineData("TeamLead", "orders-leads")]
    [InlineData("Admin", "payments")]
    [InlineData("Auditor", "payments")]
    [InlineData("Developer", "")]
    public async Task Who_does_not_act_for_the_team_is_refused_on_record_and_no_call_is_made(string role, string group)
    {
        var pool = await world.ManagedPoolAsync(Checkout);
        var session = await world.Portal.SignInAsync($"other-{role}", Enum.Parse<Role>(role), group);
        var calls = world.CallsFor(pool);

        (await Tests.TestAsync(session, SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out var why).ShouldBeFalse();

        why!.Kind.ShouldBe(NotHandedOutKind.NotAllowed);
        why.Happened.ShouldBe("This belongs to the team Payments. Its developers and leads can do that.");
        RowsFor(pool).Select(row => row.Action).ShouldBe([AuditAction.ActionRefused]);
        world.CallsFor(pool).ShouldBe(calls);
        (await KeptAsync(pool)).ShouldBeNull();
    }

    [Fact]
    public async Task A_pool_made_elsewhere_is_for_admins_alone()
    {
        world.SkipUnlessLive();
        var pool = await world.UnmanagedPoolAsync(Checkout);

        (await Tests.TestAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out var why).ShouldBeFalse();
        (await Tests.TestAsync(await world.Portal.SignInAsync("admin", Role.Admin), SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out var report, out _).ShouldBeTrue();

        why!.Kind.ShouldBe(NotHandedOutKind.NotAllowed);
        report!.Connected.ShouldBe(true);
    }

    [Fact]
    public async Task An_inbound_pool_is_tested_as_the_user_that_was_chosen_and_no_other()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { User = null });
        await world.Portal.ReadAsync(SandboxClusters.OrdersProd);
        var developer = await world.Portal.SignInDeveloperAsync();

        (await Tests.DescribeAsync(developer, SandboxClusters.OrdersProd, pool, Token)).TryGet(out var facts, out _).ShouldBeTrue();
        (await Tests.TestAsync(developer, SandboxClusters.OrdersProd, pool, "app", Token)).TryGet(out var report, out _).ShouldBeTrue();

        facts!.IsInbound.ShouldBeTrue();
        facts.Choices.ShouldContain("app");
        facts.Choices.ShouldNotContain("doadmin");
        report!.Of(ProbeStep.SignedIn)!.Words.ShouldBe("As app.");
        Detail(RowsFor(pool)[1], "connectAs").ShouldBe("app");
        foreach (var user in (string?[])["doadmin", null])
        {
            (await Tests.TestAsync(developer, SandboxClusters.OrdersProd, pool, user, Token)).TryGet(out _, out var why).ShouldBeFalse();
            why!.Kind.ShouldBe(NotHandedOutKind.NotAllowed);
        }
    }

    [Fact]
    public async Task A_user_whom_somebody_put_behind_the_pool_outside_the_portal_is_not_used()
    {
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 1, "orders", "orders_app"), approved: Checkout);

        (await Tests.TestAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out var why).ShouldBeFalse();

        why!.Happened.ShouldContain("changed outside the portal");
        RowsFor(pool).Select(row => row.Action).ShouldBe([AuditAction.TestAsked, AuditAction.ActionRefused]);
    }

    [Fact]
    public async Task A_pool_that_was_deleted_meanwhile_says_so_and_what_was_known_of_it_is_forgotten()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout);
        var developer = await world.Portal.SignInDeveloperAsync();
        (await Tests.TestAsync(developer, SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out _).ShouldBeTrue();
        (await KeptAsync(pool)).ShouldNotBeNull();
        await world.RemovePoolsAsync();

        (await Tests.TestAsync(developer, SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out var why).ShouldBeFalse();

        why!.Kind.ShouldBe(NotHandedOutKind.Gone);
        why.Happened.ShouldBe($"There is no pool {pool} on orders-prod any more.");
        (await KeptAsync(pool)).ShouldBeNull();
    }

    [Fact]
    public async Task DigitalOcean_failing_in_the_middle_is_told_and_recorded_and_nothing_is_forgotten()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout);
        var developer = await world.Portal.SignInDeveloperAsync();
        (await Tests.TestAsync(developer, SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out _).ShouldBeTrue();
        world.Sandbox.Faults.Add(new Fault { Method = "GET", Path = $"*/pools/{pool}", Kind = FaultKind.Status, Status = 503, Times = 4 });

        (await Tests.TestAsync(developer, SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out var why).ShouldBeFalse();

        why!.Kind.ShouldBe(NotHandedOutKind.ApiFailed);
        why.Happened.ShouldBe("DigitalOcean's service is unavailable (status 503).");
        Detail(RowsFor(pool)[^1], "result").ShouldBe("not tested: DigitalOcean's service is unavailable (status 503).");
        (await KeptAsync(pool))!.Prepared.ShouldBe(PreparedStatements.Off);
    }

    [Fact]
    public async Task A_test_that_cannot_be_recorded_is_not_made()
    {
        var pool = await world.ManagedPoolAsync(Checkout);
        var developer = await world.Portal.SignInDeveloperAsync();
        var calls = world.CallsFor(pool);
        await using (var db = await world.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token))
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER audit_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END", Token);
        }

        try
        {
            (await Tests.TestAsync(developer, SandboxClusters.OrdersProd, pool, null, Token)).TryGet(out _, out var why).ShouldBeFalse();

            why!.Happened.ShouldBe("The portal cannot write to its record, so it tests nothing.");
            world.CallsFor(pool).ShouldBe(calls);
        }
        finally
        {
            await using var db = await world.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER audit_full", Token);
        }
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_told_so()
    {
        (await Tests.TestAsync(SessionKey.None, SandboxClusters.OrdersProd, "any", null, Token)).TryGet(out _, out var why).ShouldBeFalse();
        (await Tests.DescribeAsync(SessionKey.None, SandboxClusters.OrdersProd, "any", Token)).TryGet(out _, out var describeWhy).ShouldBeFalse();

        why!.Kind.ShouldBe(NotHandedOutKind.SessionEnded);
        describeWhy!.Kind.ShouldBe(NotHandedOutKind.SessionEnded);
    }

    [Fact]
    public async Task Closing_the_page_in_the_middle_is_recorded()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(Token);
        world.Sandbox.Faults.Add(new Fault { Method = "GET", Path = $"*/pools/{pool}", Kind = FaultKind.Delay, DelayMs = 30_000 });

        var testing = Tests.TestAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, null, closing.Token);
        await Eventually.BecomesTrueAsync("the test was asked for", () => RowsFor(pool).Count > 0, TimeSpan.FromSeconds(20));
        await closing.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => testing);
        Detail(RowsFor(pool)[^1], "result").ShouldBe("not finished: the page was closed");
    }

    private List<AuditRow> RowsFor(string pool) => [.. world.Portal.Record.Where(row => row.Pool == pool)];

    private Task<PoolTestRecord?> KeptAsync(string pool) => world.Portal.Of<LastTests>().FindAsync(SandboxClusters.OrdersProd, pool, Token);

    private static string Detail(AuditRow row, string key) => JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)![key];
}
