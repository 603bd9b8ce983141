using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Storage;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>What nobody decides: a reminder after two days, the end after seven.</summary>
public abstract class DeadlineTests(SandboxFixture? server) : ReviewScene(server)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Leads_are_reminded_after_two_days_once()
    {
        // As the database keeps it, which is not to the last tick.
        var change = await NowAsync(await WaitingAsync());

        await LookAsync(change, TimeSpan.FromDays(2) - Moment);
        (await NowAsync(change)).RemindedAt.ShouldBeNull();

        await LookAsync(change, TimeSpan.FromDays(2));
        await LookAsync(change, TimeSpan.FromDays(3));

        var now = await NowAsync(change);
        (now.State, now.RemindedAt).ShouldBe((ChangeState.WaitingForReview, change.RequestedAt + TimeSpan.FromDays(2)));
        ActionsSince(change).ShouldBe([Requested, SentForReview, ReviewReminded]);
        (await ApproveAsync(await LeadAsync(), change)).ShouldBeNull();
    }

    [Fact]
    public async Task A_request_expires_after_seven_days_and_cannot_be_decided_any_more()
    {
        var change = await WaitingAsync();

        await LookAsync(change, TimeSpan.FromDays(7) - Moment);
        (await NowAsync(change)).State.ShouldBe(ChangeState.WaitingForReview);

        await LookAsync(change, TimeSpan.FromDays(7));

        var now = await NowAsync(change);
        (now.State, now.Happened).ShouldBe((ChangeState.Expired, "Nobody decided within 7 days."));
        ActionsSince(change).ShouldBe([Requested, SentForReview, ReviewReminded, Expired]);
        WordsOf(await ApproveAsync(await LeadAsync(), change)).ShouldBe("This has expired: nobody decided in time.");
        Posts.ShouldBe(0);
    }

    [Fact]
    public async Task A_portal_that_was_off_for_long_reminds_nobody_of_what_has_expired()
    {
        var change = await WaitingAsync();

        await LookAsync(change, TimeSpan.FromDays(30));
        await LookAsync(change, TimeSpan.FromDays(31));

        ActionsSince(change).ShouldBe([Requested, SentForReview, Expired]);
    }

    [Fact]
    public async Task Two_portals_that_look_at_once_remind_once()
    {
        var change = await WaitingAsync();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => LookAsync(change, TimeSpan.FromDays(2))));

        ActionsSince(change).ShouldBe([Requested, SentForReview, ReviewReminded]);
    }

    [Fact]
    public async Task What_is_decided_neither_expires_nor_reminds()
    {
        var change = await WaitingAsync();
        (await DeclineAsync(await LeadAsync(), change)).ShouldBeNull();

        await LookAsync(change, TimeSpan.FromDays(8));

        ActionsSince(change).ShouldBe([Requested, SentForReview, Declined]);
    }

    private async Task LookAsync(PoolChange change, TimeSpan after)
    {
        var clock = new FakeClock();
        clock.Advance(change.RequestedAt - clock.GetUtcNow() + after);
        var deadlines = new ReviewDeadlines(_portal.Of<Database>(), _portal.Of<AuditLog>(), _portal.Of<ChangeFeed>(), _portal.Of<IOptions<ChangesOptions>>(), clock);
        await deadlines.LookAsync(CancellationToken.None);
    }
}

public sealed class DeadlinesOnSqliteTests() : DeadlineTests(server: null);

public sealed class DeadlinesOnPostgreSqlTests(SandboxFixture server) : DeadlineTests(server);
