using Microsoft.Playwright;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>The states of the list of pools and of the page of a cluster, for everybody.</summary>
public sealed class OverviewAxeTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    [Fact]
    public async Task The_list_in_its_states_is_for_everybody()
    {
        (await Stage.Portal.Of<InventoryReader>().ReadReplicasAsync(SandboxClusters.Analytics, TestContext.Current.CancellationToken)).ShouldBeNull();
        using var api = new SandboxApi(Stage.Sandbox);
        var longest = $"a{new string('x', 28)}-{new string('y', 30)}";
        ((int)(await api.AddPoolAsync(SandboxClusters.PaymentsStaging, longest, db: "payments", user: "payments")).Status).ShouldBe(201);
        await Stage.Portal.ReadAsync(SandboxClusters.PaymentsStaging);
        await SignInAsync("developer");
        await ReadyAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = longest })).ToBeVisibleAsync();
        await LookAsync("pools, with a name of 60 characters and a replica");
        await Page.Locator("summary[aria-label='Actions for payments-app']").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Resize" })).ToBeVisibleAsync();
        await LookAsync("pools, actions open");
        await Page.GotoAsync("/?q=payments&cluster=payments-staging&mode=session&state=unmanaged&sort=-size");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "legacy-etl" })).ToBeVisibleAsync();
        await LookAsync("pools, filtered and sorted");
        await Page.GotoAsync("/?state=drift&team=nobody");
        await Expect(Page.GetByText("No pool is like that")).ToBeVisibleAsync();
        await LookAsync("pools, filtered to nothing");

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cluster_in_its_states_is_for_everybody()
    {
        await SignInAsync("developer", $"/clusters/{SandboxClusters.PaymentsStaging}");
        await ReadyAsync();
        await LookAsync("cluster");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
        await Expect(Page.GetByText("Nothing has changed.")).ToBeVisibleAsync();
        await LookAsync("cluster, refreshed");
        Stage.Sandbox.Faults.Add(new Fault { Path = "/v2/*", Kind = FaultKind.Status, Status = 503, Times = 1000 });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
        await Expect(Page.GetByText("Data from")).ToBeVisibleAsync();
        await LookAsync("cluster, stale");
        await Page.GotoAsync("/");
        await Expect(Page.GetByText("Data from")).ToBeVisibleAsync();
        await LookAsync("pools, stale");
        Stage.Sandbox.Faults.Clear();
        await Page.GotoAsync($"/clusters/{SandboxClusters.Analytics}");
        await Expect(Page.GetByText("No new pool here now")).ToBeVisibleAsync();
        await LookAsync("cluster, being resized");
        await Page.GotoAsync($"/clusters/{SandboxClusters.OrdersProd}");
        await Expect(Page.GetByText("No pools on this cluster yet")).ToBeVisibleAsync();
        await LookAsync("cluster, without pools");
        await Page.GotoAsync($"/clusters/{Guid.Empty}");
        await Expect(Page.GetByText("There is no such cluster")).ToBeVisibleAsync();
        await LookAsync("no such cluster");

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_without_any_cluster_and_one_without_any_pool_are_for_everybody()
    {
        var board = Stage.Portal.Of<InventoryBoard>();
        var keeper = Stage.Portal.Of<BoardKeeper>();
        var all = board.View.Clusters;
        // Nothing is read meanwhile, and what was just loaded is not loaded again for a minute.
        Stage.Sandbox.Faults.Add(new Fault { Path = "/v2/*", Kind = FaultKind.Status, Status = 503, Times = 1000 });
        await SignInAsync("developer");
        await ReadyAsync();
        try
        {
            await keeper.LoadAsync(TestContext.Current.CancellationToken);
            board.Replace([]);
            await Expect(Page.GetByText("No PostgreSQL cluster yet")).ToBeVisibleAsync();
            await LookAsync("first use");
            await keeper.LoadAsync(TestContext.Current.CancellationToken);
            board.Replace([.. all.Select(cluster => cluster with { Pools = [] })]);
            await Expect(Page.GetByText("No pools yet")).ToBeVisibleAsync();
            await LookAsync("no pool yet");
        }
        finally
        {
            await keeper.LoadAsync(CancellationToken.None);
        }

        _inspection.Violations.ShouldBeEmpty();
    }

    private Task LookAsync(string state) => _inspection.LookAsync(Page, state);
}
