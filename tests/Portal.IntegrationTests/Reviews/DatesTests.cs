using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Reviews.LookAfter;
using Portal.Storage;

namespace Portal.IntegrationTests.Reviews;

[Trait("Database", "SQLite")]
public sealed class DatesOnSqliteTests() : DatesTests(server: null);

[Trait("Database", "PostgreSQL")]
public sealed class DatesOnPostgreSqlTests(SandboxFixture server) : DatesTests(server);

/// <summary>What comes with time: a look that is due, and an end date.</summary>
public abstract class DatesTests(SandboxFixture? server) : CareScene(server)
{
    [Fact]
    public async Task An_end_date_of_the_form_becomes_the_pools_own()
    {
        var developer = await _portal.SignInDeveloperAsync();
        var day = DateTimeOffset.UtcNow.AddDays(40);

        var change = await _portal.CreateAsync(developer, Request() with { EndsOn = EndDate.Typed(day) });

        change.EndsAt!.Value.UtcDateTime.Date.ShouldBe(day.UtcDateTime.Date);
        (await ManagedAsync())!.EndsAt.ShouldBe(change.EndsAt);
        foreach (var wrong in new[] { "2020-01-01", "9999-01-01", "soon" })
        {
            (await _portal.Of<ChangeRequests>().SubmitAsync(developer, Request("other-app") with { EndsOn = wrong }, Stop)).TryGet(out _, out var notTaken).ShouldBeFalse();
            notTaken!.Mistakes.Single().Field.ShouldBe(ChangeField.EndsOn);
        }
    }

    [Fact]
    public async Task When_the_end_date_comes_one_delete_waits_for_the_lead_and_nothing_is_deleted()
    {
        await WithEndAsync(days: 10);

        await EndDatesAt(days: 9).LookAsync(Stop);
        ChangesOf("ending-app").ShouldBeEmpty("it is still wanted");
        await EndDatesAt(days: 11).LookAsync(Stop);
        await EndDatesAt(days: 12).LookAsync(Stop);

        var change = ChangesOf("ending-app").ShouldHaveSingleItem();
        (change.Kind, change.State, change.RequesterId, change.RequesterName, change.Team).ShouldBe((ChangeKind.Delete, ChangeState.WaitingForReview, PoolChange.PortalId, "Pool Portal", "Payments"));
        change.BeforeFields.ShouldBe(AsMade);
        Recorded(AuditAction.EndDateCame).Single().ChangeId.ShouldBe(change.Id);
        (await AtDigitalOceanAsync("ending-app")).ShouldNotBeNull();
        Deletes.ShouldBe(0);
        (await _portal.Of<People>().DecidersAsync(change.Team, change.RequesterId, Stop)).People.Select(person => person.Name).ShouldBe(["lead"], "it is nobody's own request");
    }

    [Fact]
    public async Task A_delete_that_was_declined_lets_go_of_the_end_date_and_is_not_asked_again()
    {
        await WithEndAsync(days: 10);
        await EndDatesAt(days: 11).LookAsync(Stop);
        await DecideAsync(ChangeState.Declined);

        await EndDatesAt(days: 12).LookAsync(Stop);
        await EndDatesAt(days: 13).LookAsync(Stop);

        (await ManagedAsync("ending-app"))!.EndsAt.ShouldBeNull();
        ChangesOf("ending-app").Count.ShouldBe(1);
        Recorded(AuditAction.EndDateSet)[^1].Details.ShouldContain("the deletion was declined");
    }

    [Fact]
    public async Task A_question_that_nobody_answered_is_asked_again()
    {
        await WithEndAsync(days: 10);
        await EndDatesAt(days: 11).LookAsync(Stop);
        await DecideAsync(ChangeState.Expired);

        await EndDatesAt(days: 19).LookAsync(Stop);

        ChangesOf("ending-app").Select(change => change.State).ShouldBe([ChangeState.Expired, ChangeState.WaitingForReview]);
    }

    [Fact]
    public async Task Another_end_date_takes_the_question_back()
    {
        var pool = await WithEndAsync(days: 10);
        await EndDatesAt(days: 11).LookAsync(Stop);

        var outcomes = await OutcomesAsync(Care.SetEndDateAsync(await LeadAsync(), [pool], endsOn: null, Stop));

        outcomes[0].ShouldBe(CareOutcome.Done(pool, "Wanted without an end."));
        var change = ChangesOf("ending-app").Single();
        change.State.ShouldBe(ChangeState.Withdrawn);
        change.Happened.ShouldBe("lead changed the end date, so there is nothing to decide.");
        (await ManagedAsync("ending-app"))!.EndsAt.ShouldBeNull();
        await EndDatesAt(days: 12).LookAsync(Stop);
        ChangesOf("ending-app").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_end_date_changes_nothing()
    {
        var pool = await WithEndAsync(days: 10);
        var before = (await ManagedAsync("ending-app"))!.EndsAt;

        (await NotTakenAsync(Care.SetEndDateAsync(await LeadAsync(), [pool], "2020-01-01", Stop))).Mistakes.ShouldBe([new FieldMistake(ChangeField.EndsOn, "Wanted until must be after today")]);

        (await ManagedAsync("ending-app"))!.EndsAt.ShouldBe(before);
    }

    [Fact]
    public async Task A_look_becomes_due_once_for_each_date()
    {
        var pool = await MakeAsync("old-app", since: DateTimeOffset.UtcNow.AddDays(-1));
        await MakeAsync("new-app");

        await LooksDueAt(days: 88).LookAsync(Stop);
        Recorded(AuditAction.LookDue).ShouldBeEmpty();
        await LooksDueAt(days: 89).LookAsync(Stop);
        await LooksDueAt(days: 89).LookAsync(Stop);
        Recorded(AuditAction.LookDue).Select(row => row.Pool).ShouldBe(["old-app"]);

        // Looked at now, it is due again in 90 days from now.
        await OutcomesAsync(Care.KeepAsync(await LeadAsync(), [pool], Stop));
        await LooksDueAt(days: 89).LookAsync(Stop);
        Recorded(AuditAction.LookDue, "old-app").Count.ShouldBe(1);
        await LooksDueAt(days: 91).LookAsync(Stop);
        Recorded(AuditAction.LookDue, "old-app").Count.ShouldBe(2);
        Recorded(AuditAction.LookDue, "new-app").Count.ShouldBe(1);
    }

    private async Task<PoolKey> WithEndAsync(int days)
    {
        var pool = await MakeAsync("ending-app");
        await OutcomesAsync(Care.SetEndDateAsync(await LeadAsync(), [pool], EndDate.Typed(DateTimeOffset.UtcNow.AddDays(days)), Stop));
        return pool;
    }

    /// <summary>As a lead, or time, decides about it.</summary>
    private async Task DecideAsync(ChangeState state) => await _portal.Of<Database>().WriteAsync(
        async (db, token) => (await db.Set<PoolChange>().SingleAsync(change => change.PoolName == "ending-app", token)).MoveTo(state, DateTimeOffset.UtcNow),
        Stop);

    private EndDates EndDatesAt(int days) => new(
        _portal.Of<Database>(), new AuditLog(_portal.Of<Database>(), _portal.Of<HeadsOutside>(), At(days)), _portal.Of<ChangeFeed>(), _portal.Of<BoardKeeper>(), At(days));

    private LooksDue LooksDueAt(int days) => new(
        _portal.Of<Database>(), new AuditLog(_portal.Of<Database>(), _portal.Of<HeadsOutside>(), At(days)), _portal.Of<IOptions<ChangesOptions>>(), At(days));

    private static LaterClock At(int days) => new(TimeSpan.FromDays(days));

    /// <summary>The real time, some days on.</summary>
    private sealed class LaterClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
