using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Reviews;
using Portal.Reviews.Queue;
using Portal.Storage;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>What the queue shows to whom.</summary>
public abstract class QueueTests(SandboxFixture? server) : ReviewScene(server)
{
    private ReviewQueue Queue => _portal.Of<ReviewQueue>();

    private Task SeedAsync(params IEnumerable<PoolChange> changes) => SeededChange.KeepAsync(_portal.Of<IDbContextFactory<PortalDbContext>>(), changes);

    private async Task<QueueView> OpenAsync(SessionKey session, ReviewQuery? query = null)
    {
        (await Queue.OpenAsync(session, query ?? new ReviewQuery(), CancellationToken.None)).TryGet(out var view, out var refusal).ShouldBeTrue(refusal?.Message);
        return view!;
    }

    private async Task<IReadOnlyList<string>> NamesAsync(SessionKey session, ReviewQuery? query = null) => [.. (await OpenAsync(session, query)).Changes.Select(change => change.PoolName)];

    private Task<int> CountAsync(SessionKey session) => Queue.CountAsync(session, CancellationToken.None);

    [Fact]
    public async Task What_waits_for_somebody_is_exactly_what_they_may_decide()
    {
        // Payments has two leads, Orders one; nobody leads the third, which is in no setting any more.
        var people = new Dictionary<string, SessionKey>(StringComparer.Ordinal)
        {
            ["developer"] = await _portal.SignInDeveloperAsync(),
            ["lead"] = await LeadAsync(),
            ["lead3"] = await OtherLeadAsync(),
            ["lead2"] = await LeadOfOrdersAsync(),
            ["admin"] = await AdminAsync(),
            ["both"] = await SignInAsync("both", [Role.TeamLead, Role.Admin], "payments", "payments-leads"),
            ["adminTwo"] = await AdminAsync("adminTwo"),
            ["auditor"] = await _portal.SignInAsync("auditor", Role.Auditor),
            ["stranger"] = await _portal.SignInAsync("stranger", Role.TeamLead),
        };
        foreach (var team in new[] { "Payments", "Orders", "Disbanded" })
        {
            await SeedAsync(people.Keys.Select(requester => SeededChange.New($"{team}-{requester}", team, requester)));
            await SeedAsync(people.Keys.Select(requester => SeededChange.New($"{team}-{requester}-urgent", team, requester, ChangeState.Done, urgent: true)));
        }

        foreach (var (name, session) in people)
        {
            (await _portal.Of<Sessions>().ReadAsync(session, CancellationToken.None)).TryGet(out var person, out _).ShouldBeTrue();
            var rights = _portal.Of<ReviewRights>();
            var allowed = new List<string>();
            foreach (var change in _portal.ReadAll<PoolChange>())
            {
                if (rights.WhyNot(person!, change, await rights.DecidersAsync(change, CancellationToken.None)) is null)
                {
                    allowed.Add(change.PoolName);
                }
            }

            if (ReviewsRoom.IsOpenTo(person!))
            {
                var view = await OpenAsync(session);
                view.Changes.Concat(view.Urgent).Select(change => change.PoolName).ShouldBe(allowed, ignoreOrder: true, name);
            }

            (await CountAsync(session)).ShouldBe(allowed.Count, name);
        }
    }

    [Fact]
    public async Task The_queue_is_for_leads_and_admins()
    {
        foreach (var session in new[] { await _portal.SignInDeveloperAsync(), await _portal.SignInAsync("auditor", Role.Auditor), new SessionKey("no-such-session") })
        {
            (await Queue.OpenAsync(session, new ReviewQuery { Show = ReviewShow.Open }, CancellationToken.None)).TryGet(out _, out var refusal).ShouldBeFalse();
            refusal!.Message.ShouldBeOneOf(ReviewsRoom.NotALead.Message, Refusal.SessionEnded.Message);
            (await CountAsync(session)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task What_is_open_is_listed_the_oldest_first_and_what_is_decided_the_latest_first()
    {
        var lead = await LeadAsync();
        var waiting = await WaitingAsync();
        await SeedAsync(SeededChange.New("second"), SeededChange.New("others", "Orders"));
        (await CreateAsync("by-rule")).State.ShouldBe(ChangeState.Done);
        (await DeclineAsync(lead, await WaitingAsync(name: "declined"))).ShouldBeNull();

        (await NamesAsync(lead)).ShouldBe([waiting.PoolName, "second"]);
        (await NamesAsync(lead, new ReviewQuery { Show = ReviewShow.Open })).ShouldBe([waiting.PoolName, "second", "others"]);
        var decided = (await OpenAsync(lead, new ReviewQuery { Show = ReviewShow.Decided })).Changes;
        decided.Select(change => change.PoolName).ShouldBe(["declined", "by-rule"]);
        decided.Select(ReviewWords.By).ShouldBe(["by lead", "approved by rule"]);
    }

    [Fact]
    public async Task Filters_leave_out_what_is_not_like_them()
    {
        var lead = await LeadAsync();
        await SeedAsync(SeededChange.New("one"), SeededChange.New("two", requester: "Colleague"), SeededChange.New("three", "Orders"));
        var open = new ReviewQuery { Show = ReviewShow.Open };

        (await NamesAsync(lead, open with { Team = "Orders" })).ShouldBe(["three"]);
        (await NamesAsync(lead, open with { Requester = "league" })).ShouldBe(["two"]);
        (await NamesAsync(lead, open with { Cluster = "ORDERS" })).ShouldBe(["one", "two", "three"]);
        (await NamesAsync(lead, open with { Cluster = "staging" })).ShouldBeEmpty();
        (await NamesAsync(lead, open with { Kind = ChangeKind.Create })).Count.ShouldBe(3);
        (await NamesAsync(lead, open with { Kind = ChangeKind.Delete })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Long_queues_come_in_pages_and_the_count_ends_where_nobody_counts_on()
    {
        var lead = await LeadAsync();
        await SeedAsync(Enumerable.Range(1, 130).Select(number => SeededChange.New($"pool-{number:000}")));

        var first = await OpenAsync(lead);
        (first.Changes.Count, first.HasMore, first.Changes[0].PoolName).ShouldBe((50, true, "pool-001"));
        var last = await OpenAsync(lead, new ReviewQuery { Page = 3 });
        (last.Changes.Count, last.HasMore, last.Changes[^1].PoolName).ShouldBe((30, false, "pool-130"));
        (await CountAsync(lead)).ShouldBe(ReviewQueue.MostCounted + 1);
    }

    [Fact]
    public async Task An_urgent_change_leaves_the_queue_when_it_was_looked_at()
    {
        var (lead, other) = (await LeadAsync(), await OtherLeadAsync());
        var urgent = SeededChange.New("urgent", requester: "lead", state: ChangeState.Done, urgent: true);
        await SeedAsync(urgent);

        (await OpenAsync(lead)).Urgent.ShouldBeEmpty("it is their own");
        (await OpenAsync(lead, new ReviewQuery { Show = ReviewShow.Open })).Urgent.Count.ShouldBe(1);
        (await OpenAsync(other)).Urgent.ShouldHaveSingleItem().PoolName.ShouldBe("urgent");
        (await CountAsync(other)).ShouldBe(1);
        (await SeenAsync(other, urgent)).ShouldBeNull();

        (await OpenAsync(other)).Urgent.ShouldBeEmpty();
        (await CountAsync(other)).ShouldBe(0);
    }
}

public sealed class QueuesOnSqliteTests() : QueueTests(server: null);

public sealed class QueuesOnPostgreSqlTests(SandboxFixture server) : QueueTests(server);
