using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections.Probing;

/// <summary>The panel before, while and after a pool is tested.</summary>
public sealed class PanelTests : BunitContext
{
    private static readonly InUse Use = new(DateTimeOffset.UnixEpoch, 1, 2, 3)
    {
        Context = new InUseContext("app", "checkout", 6, IsInbound: false, KeepsSession: false, []),
    };

    private readonly List<(string? ConnectAs, CancellationToken Token, TaskCompletionSource<Result<ProbeReport, NotHandedOut>> Answer)> _asked = [];

    public PanelTests() => Services.AddSingleton(TimeProvider.System);

    [Fact]
    public void At_first_there_is_a_button_and_an_empty_status_that_will_be_heard()
    {
        var panel = Show(new PoolTestFacts(null, false, [], null));

        panel.Find("button").TextContent.Trim().ShouldBe("Test this pool");
        panel.Find("[role=status]").InnerHtml.ShouldBeEmpty();
        panel.FindAll(".pool-test-results").ShouldBeEmpty();
    }

    [Fact]
    public void While_it_runs_the_button_is_busy_and_a_second_click_does_nothing()
    {
        var panel = Show(new PoolTestFacts(null, false, [], null));

        panel.Find("button").Click();
        panel.Find("button").Click();

        _asked.Count.ShouldBe(1);
        panel.Find("button").GetAttribute("aria-busy").ShouldBe("true");
        panel.Find("button").HasAttribute("disabled").ShouldBeFalse(); // which would take the focus away
        panel.Find("[role=status]").TextContent.ShouldStartWith("Testing the pool.");
    }

    [Fact]
    public async Task What_was_found_stands_in_order_with_a_word_each_and_is_spoken_once()
    {
        var panel = Show(new PoolTestFacts(null, false, [], null));

        panel.Find("button").Click();
        await AnswerAsync(panel, Report());

        panel.FindAll(".finding-title").Select(title => title.TextContent).ShouldBe(["From where", "Reached", "TLS and certificate", "Signed in"]);
        panel.FindAll(".finding .status").Select(word => word.TextContent.Trim()).ShouldBe(["ok", "ok", "ok", "failed"]);
        panel.FindAll(".finding .status svg").Count.ShouldBe(4);
        panel.Markup.ShouldContain("Not tested after that: PostgreSQL, mode, prepared statements,");
        panel.FindAll("[role=status], [role=alert], [aria-live]").Select(live => live.TextContent).Where(text => text.Length > 0).ShouldBe(["Test finished: failed at \"Signed in\" (refused: no)."]);
        panel.Find("button").HasAttribute("aria-busy").ShouldBeFalse();
        panel.Find("button").TextContent.Trim().ShouldBe("Test again");
        panel.FindAll(".figure").Select(figure => figure.TextContent).ShouldBe(["1", "2", "3"]);
        panel.Find(".in-use h3").TextContent.ShouldBe("In use now");

        panel.Find("button").Click();
        _asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_line_to_copy_stands_under_what_it_mends()
    {
        var panel = Show(new PoolTestFacts(null, false, [], null));

        panel.Find("button").Click();
        await AnswerAsync(panel, Report() with
        {
            Findings = [new Finding(ProbeStep.MayCreate, FindingState.Warning, "w") { Means = "m", ToDo = "t", Command = "GRANT CREATE ON SCHEMA public TO \"app\";" }],
        });

        panel.Find(".finding pre").TextContent.ShouldBe("GRANT CREATE ON SCHEMA public TO \"app\";");
        panel.Find(".finding [data-copy]").GetAttribute("aria-label").ShouldBe("Copy GRANT line");
        panel.Find(".finding .status").ClassList.ShouldContain("status-warning");
    }

    [Fact]
    public async Task Not_reachable_is_grey()
    {
        var panel = Show(new PoolTestFacts(null, false, [], null));

        panel.Find("button").Click();
        await AnswerAsync(panel, Report() with { Findings = [new Finding(ProbeStep.Reached, FindingState.NotReachable, "w")] });

        panel.Find(".finding .status").ClassList.ShouldContain("status-neutral");
        panel.Find(".finding .status").TextContent.Trim().ShouldBe("not reachable");
    }

    [Fact]
    public async Task Trouble_is_said_aloud_and_the_test_can_be_made_again()
    {
        var panel = Show(new PoolTestFacts(null, false, [], null));

        panel.Find("button").Click();
        await AnswerAsync(panel, new NotHandedOut(NotHandedOutKind.ApiFailed, "DigitalOcean failed.", "Try again.") { ApiMessage = "boom", RequestId = "r-1" });

        var alert = panel.Find("[role=alert]").TextContent;
        alert.ShouldContain("DigitalOcean failed.");
        alert.ShouldContain("boom");
        alert.ShouldContain("r-1");
        panel.Find("[role=status]").TextContent.ShouldBeEmpty();
        panel.Find("button").TextContent.Trim().ShouldBe("Test this pool");

        panel.Find("button").Click();
        panel.FindAll("[role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_inbound_pool_is_tested_as_who_was_chosen()
    {
        var panel = Show(new PoolTestFacts(null, true, ["app", "reporting"], null));

        panel.Find("button").Click();
        await AnswerAsync(panel, Report());
        panel.Find("select").Change("reporting");
        panel.Find("button").Click();
        await AnswerAsync(panel, Report());
        panel.Find("select").Change("doadmin");
        panel.Find("button").Click();

        panel.Find("label").GetAttribute("for").ShouldBe(panel.Find("select").Id);
        _asked.Select(asked => asked.ConnectAs).ShouldBe(["app", "reporting", "reporting"]);
    }

    [Fact]
    public void Who_may_not_has_no_button_and_the_reason()
    {
        var panel = Show(new PoolTestFacts("This belongs to the team Payments.", false, [], null));

        panel.FindAll("button").ShouldBeEmpty();
        panel.Markup.ShouldContain("This belongs to the team Payments.");
    }

    [Fact]
    public void What_an_earlier_test_found_stands_with_its_date()
    {
        var panel = Show(new PoolTestFacts(null, false, [], new PoolTestRecord
        {
            ClusterId = Guid.NewGuid(),
            Name = "p",
            TestedAt = DateTimeOffset.UnixEpoch,
            Prepared = PreparedStatements.Tracked,
            InUseSeenAt = DateTimeOffset.UnixEpoch,
            Active = 4,
            IdleInTransaction = 0,
            Idle = 1,
            Waiting = 2,
        }));

        panel.Markup.ShouldContain("PgBouncer keeps track of them.");
        panel.FindAll(".figure").Select(figure => figure.TextContent).ShouldBe(["4", "0", "1", "2"]);
        panel.Find(".in-use h3").TextContent.ShouldBe("In use when last seen");
        panel.FindAll("time").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Leaving_the_page_ends_the_test()
    {
        var panel = Show(new PoolTestFacts(null, false, [], null));
        panel.Find("button").Click();

        await DisposeComponentsAsync();

        _asked.Single().Token.IsCancellationRequested.ShouldBeTrue();
    }

    private static ProbeReport Report()
    {
        var notes = new ProbeNotes { InUse = Use };
        notes.Ok(ProbeStep.From, "The portal.");
        notes.Ok(ProbeStep.Reached, "There.");
        notes.Ok(ProbeStep.Tls, "Encrypted.");
        notes.End(new Finding(ProbeStep.SignedIn, FindingState.Failed, "Refused: no."), "refused: no");
        return notes.Finish();
    }

    private async Task AnswerAsync(IRenderedComponent<PoolTestRun> panel, Result<ProbeReport, NotHandedOut> answer)
    {
        await panel.InvokeAsync(() => _asked[^1].Answer.SetResult(answer));
        await panel.WaitForStateAsync(() => !panel.Find("button").HasAttribute("aria-busy"));
    }

    private IRenderedComponent<PoolTestRun> Show(PoolTestFacts facts) => Render<PoolTestRun>(parameters => parameters
        .AddCascadingValue(facts)
        .AddCascadingValue(new PoolTester((connectAs, token) =>
        {
            var answer = new TaskCompletionSource<Result<ProbeReport, NotHandedOut>>();
            _asked.Add((connectAs, token, answer));
            return answer.Task;
        })));
}
