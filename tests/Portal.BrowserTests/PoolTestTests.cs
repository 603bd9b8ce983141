using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Portal.Audit;
using Portal.Connections;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>Testing a pool on its page: what is found, DigitalOcean failing half-way, who may, and every state for everybody.</summary>
public sealed class PoolTestTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    [Fact]
    public async Task A_new_pool_is_tested_on_its_page_and_again_and_the_findings_are_kept()
    {
        var test = await OpenPoolAsync("probe-walk");
        await Expect(test.Whole).ToContainTextAsync("PgBouncer does not keep track of them."); // the portal's own test has found it
        await test.RunAsync();

        foreach (var step in new[] { "From where", "Reached", "TLS and certificate", "Signed in", "PostgreSQL", "Mode", "Prepared statements", "May connect to the database", "May use schema public", "May create in schema public", "Time" })
        {
            await Expect(test.Finding(step).Locator(".status")).ToHaveTextAsync("ok");
        }

        await Expect(test.Finding("Mode")).ToContainTextAsync("Transaction, seen");
        await Expect(test.Figure("Active")).ToHaveTextAsync("0");
        await Expect(test.Button).ToHaveTextAsync("Test again");
        await Expect(test.Button).ToBeFocusedAsync();
        await test.Button.ClickAsync();

        await Eventually.BecomesTrueAsync("the second test is in the record", () => Actions("probe-walk").Count == 4, TimeSpan.FromSeconds(30));
        Actions("probe-walk").ShouldBe([AuditAction.TestAsked, AuditAction.ConnectionTested, AuditAction.TestAsked, AuditAction.ConnectionTested]);
        var kept = Stage.Portal.ReadAll<PoolTestRecord>().Single(row => row.Name == "probe-walk");
        (kept.Prepared, kept.Active).ShouldBe((PreparedStatements.Off, 0));
    }

    [Fact]
    public async Task While_a_test_runs_a_second_click_does_nothing()
    {
        var test = await OpenPoolAsync("probe-twice");
        Stage.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/probe-twice", Kind = FaultKind.Delay, DelayMs = 2000 });

        await test.Button.ClickAsync();
        await Expect(test.Button).ToHaveAttributeAsync("aria-busy", "true");
        await test.Button.ClickAsync(new() { Force = true });
        await Expect(test.Status).ToHaveTextAsync("Test finished: the pool works.");

        Actions("probe-twice").ShouldBe([AuditAction.TestAsked, AuditAction.ConnectionTested]);
    }

    [Fact]
    public async Task DigitalOcean_failing_half_way_is_said_and_the_next_try_works()
    {
        var test = await OpenPoolAsync("probe-fault");
        Stage.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/probe-fault", Kind = FaultKind.Status, Status = 503, Times = 4 });

        await test.Button.ClickAsync();

        var alert = test.Whole.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("DigitalOcean's service is unavailable (status 503).");
        await Expect(alert).ToContainTextAsync("Request id");
        await test.RunAsync();
        await Expect(alert).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_pool_that_was_deleted_while_its_page_was_open_says_so()
    {
        var test = await OpenPoolAsync("probe-gone");
        using var api = new SandboxApi(Stage.Sandbox);
        ((int)(await api.DeleteAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, "probe-gone"))).Status).ShouldBe(204);

        await test.Button.ClickAsync();

        await Expect(test.Whole.Locator(".notice")).ToContainTextAsync("There is no pool probe-gone on orders-prod any more.");
    }

    [Theory]
    [InlineData("developer2")]
    [InlineData("admin")]
    [InlineData("auditor")]
    public async Task Who_may_not_have_the_connection_cannot_test_and_reads_who_can(string account)
    {
        await OpenPoolAsync("probe-rights");
        var other = await OpenAsync();
        await SignInAsync(account, Address("probe-rights"), other);
        var test = new PoolTest(other);

        await Expect(test.Whole).ToContainTextAsync("This belongs to the team Payments. Its developers and leads can do that.");
        await Expect(test.Button).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Every_state_of_a_test_is_for_everybody()
    {
        var test = await OpenPoolAsync("probe-axe");
        await LookAsync("pool test, first");
        Stage.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/probe-axe", Kind = FaultKind.Status, Status = 503, Times = 4 });
        await test.Button.ClickAsync();
        await Expect(test.Whole.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync("pool test, trouble");
        await test.RunAsync();
        await test.Whole.GetByText("What these figures do not tell").ClickAsync();
        await LookAsync("pool test, ok");
        await PlayAsync("probe-axe", pool => pool["connection"]!["password"] = "not-it");
        await test.RunAsync("Test finished: failed at \"Signed in\" (refused: SASL authentication failed).");
        await LookAsync("pool test, failed");
        await PlayAsync("probe-axe", pool => pool["connection"]!["host"] = $"{new string('n', 55)}.d.db.sandbox.invalid");
        await test.RunAsync("Test finished: the pool is not reachable from the portal.");
        await Expect(test.Finding("Reached").Locator("pre")).ToContainTextAsync("psql \"host=");
        await LookAsync("pool test, not reachable");
        Stage.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "*/pools/probe-axe", Kind = FaultKind.Delay, DelayMs = 60_000, Times = 3 });
        await test.Button.ClickAsync();
        await Expect(test.Button).ToHaveAttributeAsync("aria-busy", "true");
        await LookAsync("pool test, running");

        _inspection.Violations.ShouldBeEmpty();
    }

    private Task LookAsync(string state) => _inspection.LookAsync(Page, state);

    private static string Address(string pool) => $"/clusters/{SandboxClusters.OrdersProd}/pools/{pool}";

    /// <summary>A pool of the team Payments on its page, by somebody of the team.</summary>
    private async Task<PoolTest> OpenPoolAsync(string name)
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync(name, size: "2");
        await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Tested connection" })).ToContainTextAsync("(done)");
        await Page.GotoAsync(Address(name));
        var test = new PoolTest(Page);
        await Expect(test.Button).ToBeVisibleAsync();
        return test;
    }

    /// <summary>DigitalOcean's answer to the next question for the pool, with something in it changed.</summary>
    private async Task PlayAsync(string pool, Action<JsonNode> change)
    {
        using var api = new SandboxApi(Stage.Sandbox);
        var body = JsonNode.Parse((await api.GetAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, pool))).Body)!;
        change(body["pool"]!);
        Stage.Sandbox.Faults.Add(new Fault
        {
            Method = "GET",
            Path = $"*/pools/{pool}",
            Kind = FaultKind.Status,
            Status = 200,
            Body = System.Text.Json.JsonSerializer.SerializeToElement(body),
        });
    }

    private List<string> Actions(string pool) =>
        [.. Stage.Portal.Record.Where(row => row.Pool == pool && row.ActorName is not null && row.ChangeId is null).Select(row => row.Action)];
}
