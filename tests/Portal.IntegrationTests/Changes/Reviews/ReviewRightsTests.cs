using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>Who decides, and above all who does not: nobody about their own, by no path.</summary>
public abstract class ReviewRightsTests(SandboxFixture? server) : ReviewScene(server)
{
    private static readonly string[] AsLead = ["payments", "payments-leads"];

    [Fact]
    public async Task A_lead_does_not_decide_about_their_own_request_and_another_does()
    {
        var (lead, other) = (await LeadAsync(), await OtherLeadAsync());
        var change = await WaitingAsync(lead);

        await MayNotAsync(lead, change, "You asked for this, so somebody else decides: lead3.");

        (await DeclineAsync(other, change)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_signs_in_twice_is_still_the_one_who_asked()
    {
        var change = await WaitingAsync(await LeadAsync());

        await MayNotAsync(await LeadAsync(), change, "You asked for this");
    }

    [Fact]
    public async Task A_lead_who_is_an_admin_too_does_not_decide_about_their_own_as_an_admin()
    {
        var both = await SignInAsync("both", [Role.TeamLead, Role.Admin], AsLead);
        var change = await WaitingAsync(both);

        await MayNotAsync(both, change, "You asked for this, so somebody else decides: a lead of Payments, or an admin, once one signs in.");
        await MayNotAsync(await SignInAsync("both", [Role.Admin]), change, "You asked for this");

        (await ApproveAsync(await AdminAsync(), change)).ShouldBeNull();
    }

    [Fact]
    public async Task A_requester_who_becomes_a_lead_meanwhile_does_not_decide()
    {
        await LeadAsync();
        var change = await WaitingAsync();

        await MayNotAsync(await SignInAsync("developer", [Role.TeamLead], AsLead), change, "You asked for this, so somebody else decides: lead.");
    }

    [Fact]
    public async Task Nobody_else_decides_for_a_team_that_has_a_lead()
    {
        await LeadAsync();
        var change = await WaitingAsync();

        await MayNotAsync(await LeadOfOrdersAsync(), change, "Lead can decide this.");
        await MayNotAsync(await _portal.SignInAsync("colleague", Role.Developer, "payments"), change, "Lead can decide this.");
        await MayNotAsync(await _portal.SignInAsync("in-the-group", Role.Developer, AsLead), change, "Lead can decide this.");
        await MayNotAsync(await _portal.SignInAsync("auditor", Role.Auditor), change, "Lead can decide this.");
        await MayNotAsync(await AdminAsync(), change, "Lead can decide this.");
        await MayNotAsync(await _portal.SignInAsync("nobody", Role.TeamLead), change, "Lead can decide this.");
        await MayNotAsync(new SessionKey("no-such-session"), change, Refusal.SessionEnded.Message);
    }

    [Fact]
    public async Task An_admin_decides_when_the_only_lead_is_who_asked()
    {
        var lead = await LeadAsync();
        var change = await WaitingAsync(lead);
        var admin = await AdminAsync();

        await MayNotAsync(lead, change, "You asked for this, so somebody else decides: admin.");
        await MayNotAsync(await LeadOfOrdersAsync(), change, "Admin can decide this.");

        (await ApproveAsync(admin, change)).ShouldBeNull();
        (await DoneAsync(change)).DecidedById.ShouldBe(PersonOf + "admin");
    }

    [Fact]
    public async Task With_a_second_lead_it_is_theirs_and_no_longer_the_admins()
    {
        var change = await WaitingAsync(await LeadAsync());
        var admin = await AdminAsync();
        var other = await OtherLeadAsync();

        await MayNotAsync(admin, change, "Lead3 can decide this.");

        (await ApproveAsync(other, change)).ShouldBeNull();
    }

    [Fact]
    public async Task A_lead_whose_role_was_taken_away_at_the_next_sign_in_does_not_decide()
    {
        await OtherLeadAsync();
        var old = await LeadAsync();
        var change = await WaitingAsync();
        var fresh = await _portal.SignInAsync("lead", Role.Developer, "payments");

        await MayNotAsync(fresh, change, "Lead3 can decide this.");
        await MayNotAsync(old, change, "Lead3 can decide this.");
    }

    [Fact]
    public async Task A_refused_attempt_is_in_the_record_with_who_it_was()
    {
        await LeadAsync();
        var change = await WaitingAsync();

        await ApproveAsync(await _portal.SignInAsync("colleague", Role.Developer, "payments"), change);

        var row = RowOf(change, AuditAction.ActionRefused);
        row.ActorId.ShouldBe(PersonOf + "colleague");
        row.Details.ShouldContain("\"what\":\"decide a request\"");
    }

    [Fact]
    public void A_change_lets_nobody_decide_about_their_own_whatever_a_service_forgets()
    {
        var person = new Person("me", "Me", new HashSet<Role> { Role.TeamLead, Role.Admin }, new HashSet<string>());
        var change = new PoolChange
        {
            FormId = Guid.NewGuid(),
            Kind = ChangeKind.Create,
            State = ChangeState.WaitingForReview,
            ClusterId = Guid.NewGuid(),
            ClusterName = "orders-prod",
            PoolName = Name,
            Mode = AsMade.Mode,
            Size = 30,
            Database = "checkout",
            Team = "Payments",
            RequesterId = "me",
            RequesterName = "Me",
            Decision = "too large",
            RequestedAt = DateTimeOffset.UnixEpoch,
            ChangedAt = DateTimeOffset.UnixEpoch,
        };

        Should.Throw<InvalidOperationException>(() => change.Decide(ChangeState.Approved, person, note: null, DateTimeOffset.UnixEpoch));
        change.State.ShouldBe(ChangeState.WaitingForReview);
    }
}

public sealed class ReviewRightsOnSqliteTests() : ReviewRightsTests(server: null);

public sealed class ReviewRightsOnPostgreSqlTests(SandboxFixture server) : ReviewRightsTests(server);
