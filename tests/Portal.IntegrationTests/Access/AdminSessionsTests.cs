using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Door;

/// <summary>Sessions that an admin sees and ends.</summary>
public abstract class AdminSessionsTests(SandboxFixture? server) : ChangeScene(server)
{
    private SessionDesk Desk => _portal.Of<SessionDesk>();

    [Fact]
    public async Task What_an_admin_ends_is_over_at_the_next_thing_that_the_person_does()
    {
        var developer = await _portal.SignInDeveloperAsync();
        var elsewhere = await _portal.SignInDeveloperAsync();
        var admin = await AdminAsync();

        (await Desk.EndAsync(admin, developer.Hash(), CancellationToken.None)).TryGet(out var ended, out _).ShouldBeTrue();

        ended.ShouldBe(1);
        var answer = await _portal.Of<ChangeRequests>().SubmitAsync(developer, Request(), CancellationToken.None);
        answer.TryGet(out _, out var notTaken).ShouldBeFalse();
        notTaken!.Message.ShouldBe(Refusal.SessionEnded.Message);
        (await _portal.Of<Sessions>().FindAsync(elsewhere, CancellationToken.None)).ShouldNotBeNull("it is another session");
        var row = _portal.Record.Single(row => row.Action == AuditAction.SessionEnded);
        row.ActorName.ShouldBe("admin");
        row.Details.ShouldBe("""{"person":"test|developer","why":"EndedByAdmin"}""");
        Posts.ShouldBe(0);
    }

    [Fact]
    public async Task All_sessions_of_a_person_end_at_once_and_nobody_elses()
    {
        SessionKey[] developers = [await _portal.SignInDeveloperAsync(), await _portal.SignInDeveloperAsync(), await _portal.SignInDeveloperAsync()];
        var other = await _portal.SignInAsync("developer2", Role.Developer, "orders");
        var admin = await AdminAsync();

        (await Desk.EndAllAsync(admin, "test|developer", CancellationToken.None)).TryGet(out var ended, out _).ShouldBeTrue();

        ended.ShouldBe(3);
        foreach (var developer in developers)
        {
            (await _portal.Of<Sessions>().FindAsync(developer, CancellationToken.None)).ShouldBeNull();
        }

        (await _portal.Of<Sessions>().FindAsync(other, CancellationToken.None)).ShouldNotBeNull();
        _portal.Record.Count(row => row.Action == AuditAction.SessionEnded).ShouldBe(3);
    }

    [Fact]
    public async Task An_admin_can_end_their_own_and_what_has_ended_is_not_ended_twice()
    {
        var admin = await AdminAsync();
        var elsewhere = await AdminAsync();

        (await Desk.EndAsync(admin, admin.Hash(), CancellationToken.None)).TryGet(out var ended, out _).ShouldBeTrue();
        (await Desk.EndAsync(elsewhere, admin.Hash(), CancellationToken.None)).TryGet(out var again, out _).ShouldBeTrue();

        (ended, again).ShouldBe((1, 0));
        (await Desk.EndAsync(admin, elsewhere.Hash(), CancellationToken.None)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(Refusal.SessionEnded);
    }

    [Fact]
    public async Task People_see_their_own_and_end_all_but_the_one_in_front_of_them()
    {
        var own = _portal.Of<OwnSessions>();
        var laptop = await _portal.SignInDeveloperAsync();
        var lost = await _portal.SignInDeveloperAsync();
        var forgotten = await _portal.SignInDeveloperAsync();
        var other = await _portal.SignInAsync("developer2", Role.Developer, "orders");

        (await own.ListAsync(laptop, CancellationToken.None)).TryGet(out var open, out _).ShouldBeTrue();
        (await own.EndElsewhereAsync(laptop, other.Hash(), CancellationToken.None)).TryGet(out var ofAnother, out _).ShouldBeTrue();
        (await own.EndElsewhereAsync(laptop, laptop.Hash(), CancellationToken.None)).TryGet(out var itself, out _).ShouldBeTrue();
        (await own.EndElsewhereAsync(laptop, lost.Hash(), CancellationToken.None)).TryGet(out var one, out _).ShouldBeTrue();
        (await own.EndElsewhereAsync(laptop, keyHash: null, CancellationToken.None)).TryGet(out var rest, out _).ShouldBeTrue();

        open!.Select(session => session.KeyHash).ShouldBe([laptop.Hash(), lost.Hash(), forgotten.Hash()], ignoreOrder: true);
        open![0].IsOwn.ShouldBeTrue();
        (ofAnother, itself, one, rest).ShouldBe((0, 0, 1, 1));
        var sessions = _portal.Of<Sessions>();
        (await sessions.FindAsync(laptop, CancellationToken.None)).ShouldNotBeNull();
        (await sessions.FindAsync(other, CancellationToken.None)).ShouldNotBeNull();
        (await sessions.FindAsync(lost, CancellationToken.None)).ShouldBeNull();
        (await sessions.FindAsync(forgotten, CancellationToken.None)).ShouldBeNull();
        _portal.Record.Where(row => row.Action == AuditAction.SessionEnded)
            .ShouldAllBe(row => row.ActorId == "test|developer" && row.Details == """{"person":"test|developer","why":"EndedElsewhere"}""");
        (await own.ListAsync(lost, CancellationToken.None)).TryGet(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(Refusal.SessionEnded);
    }

    [Theory]
    [InlineData(Role.Auditor)]
    [InlineData(Role.TeamLead)]
    [InlineData(Role.Developer)]
    internal async Task Only_an_admin_ends_sessions_and_a_refusal_is_recorded(Role role)
    {
        var developer = await _portal.SignInDeveloperAsync();
        var other = await _portal.SignInAsync("somebody", role, "payments", "payments-leads");

        (await Desk.EndAsync(other, developer.Hash(), CancellationToken.None)).TryGet(out _, out var one).ShouldBeFalse();
        (await Desk.EndAllAsync(other, "test|developer", CancellationToken.None)).TryGet(out _, out var all).ShouldBeFalse();

        one!.Message.ShouldBe("Only an admin can do this.");
        all.ShouldBe(one);
        (await _portal.Of<Sessions>().FindAsync(developer, CancellationToken.None)).ShouldNotBeNull();
        _portal.Record.Count(row => row.Action == AuditAction.ActionRefused && row.ActorName == "somebody").ShouldBe(2);
        (await Desk.ListAsync(other, search: null, 1, CancellationToken.None)).TryGet(out var page, out _).ShouldBe(role is Role.Auditor);
        page?.MayEnd.ShouldBeFalse();
    }

    [Fact]
    public async Task The_list_is_of_open_sessions_a_page_at_a_time_and_can_be_searched()
    {
        var admin = await AdminAsync();
        for (var person = 0; person < 60; person++)
        {
            await _portal.SignInAsync($"Person {person:00}", Role.Developer, "payments");
        }

        var over = await _portal.SignInAsync("Person 99", Role.Developer, "payments");
        await _portal.Of<Sessions>().EndAsync(over, SessionEnd.SignedOut, by: null, CancellationToken.None);

        var first = await ListAsync(admin, null, 1);
        var second = await ListAsync(admin, null, 2);
        var found = await ListAsync(admin, "pERSON 4", 1);

        (first.Total, first.Sessions.Count, first.HasMore).ShouldBe((61, 50, true));
        (second.Sessions.Count, second.HasMore).ShouldBe((11, false));
        first.Sessions.Concat(second.Sessions).Select(open => Convert.ToHexString(open.KeyHash)).ShouldBeUnique();
        first.Sessions.Concat(second.Sessions).Single(open => open.IsOwn).Person.Name.ShouldBe("admin");
        found.Sessions.Select(open => open.Person.Name).ShouldBe(Enumerable.Range(40, 10).Select(person => $"Person {person}"));
        (await ListAsync(admin, "100%", 1)).Total.ShouldBe(0);
        (await ListAsync(admin, "99", 1)).Total.ShouldBe(0, "it has ended");
    }

    private Task<SessionKey> AdminAsync() => _portal.SignInAsync("admin", Role.Admin);

    private async Task<SessionPage> ListAsync(SessionKey admin, string? search, int page)
    {
        (await Desk.ListAsync(admin, search, page, CancellationToken.None)).TryGet(out var list, out _).ShouldBeTrue();
        return list!;
    }
}

public sealed class AdminSessionsOnSqliteTests() : AdminSessionsTests(server: null);

public sealed class AdminSessionsOnPostgreSqlTests(SandboxFixture server) : AdminSessionsTests(server);
