using Microsoft.Playwright;
using Portal.Changes;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>The form of a new pool: what it says, what it keeps, what it does once.</summary>
public sealed class FormTests(Stage stage) : BrowserTest(stage)
{
    private NewPool _form = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SignInAsync("developer");
        _form = new NewPool(Page);
        await _form.OpenAsync();
    }

    [Fact]
    public async Task Nothing_is_complained_about_before_somebody_is_ready()
    {
        await _form.Size.FillAsync("a lot");
        await _form.Name.FillAsync("9");
        await _form.Name.BlurAsync();
        await _form.Cluster.SelectOptionAsync(SandboxClusters.OrdersProd.ToString());
        await Expect(_form.Database.GetByRole(AriaRole.Option, new() { Name = "checkout" })).ToBeAttachedAsync();

        await Expect(Page.Locator(".field-error")).ToHaveCountAsync(0);
        await Expect(_form.Errors).ToHaveCountAsync(0);
        await Expect(Page).ToHaveTitleAsync("New pool · Pool Portal");
    }

    [Fact]
    public async Task What_is_wrong_stands_in_the_summary_and_beside_each_field_in_the_same_words()
    {
        await _form.Size.FillAsync("a lot");
        await _form.Name.FillAsync("9-lives");

        await _form.Continue.ClickAsync();

        await Expect(_form.Errors).ToBeFocusedAsync();
        await Expect(Page).ToHaveTitleAsync(Like("^Error: "));
        var links = _form.Errors.GetByRole(AriaRole.Link);
        await Expect(links).ToHaveTextAsync(
        [
            "Choose a cluster",
            "Choose a database",
            "Choose a database user",
            "Pool size must be a whole number, like 5",
            "Pool name must begin with a letter and use only letters, numbers, hyphens and underscores",
        ]);
        ILocator[] fields = [_form.Cluster, _form.Database, _form.User, _form.Size, _form.Name];
        for (var index = 0; index < fields.Length; index++)
        {
            await links.Nth(index).ClickAsync();
            await Expect(fields[index]).ToBeFocusedAsync();
            await Expect(fields[index]).ToHaveAttributeAsync("aria-invalid", "true");
            var said = await fields[index].EvaluateAsync<string>("field => field.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent).join(' ')");
            said.ShouldContain(await links.Nth(index).InnerTextAsync());
        }

        await Expect(_form.Size).ToHaveValueAsync("a lot");
        await Expect(_form.Name).ToHaveValueAsync("9-lives");
    }

    [Fact]
    public async Task A_double_click_on_create_pool_makes_one_pool()
    {
        await _form.FillAsync("form-once");
        await _form.CheckAsync();
        var before = Stage.Sandbox.Ledger.Count(HttpMethod.Post, "/v2/databases/*/pools");

        await _form.Create.EvaluateAsync("button => { button.click(); button.click(); button.click(); }");

        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        Stage.Portal.ReadAll<PoolChange>().Count.ShouldBe(1);
        Stage.Sandbox.Ledger.Count(HttpMethod.Post, "/v2/databases/*/pools").ShouldBe(before + 1);
    }

    [Fact]
    public async Task Back_from_the_check_page_and_a_reload_of_either_lose_nothing()
    {
        await _form.FillAsync("form-kept", "4", "Session", "for the night run");
        await _form.CheckAsync();
        await Page.ReloadAsync();
        await Expect(_form.Create).ToBeEnabledAsync();
        await Expect(Page.GetByText("0 → 4 of 97 used")).ToBeVisibleAsync();

        await Page.GoBackAsync();
        await _form.ReadyAsync();
        await ExpectKeptAsync();

        await Page.ReloadAsync();
        await _form.ReadyAsync();
        await ExpectKeptAsync();

        await _form.CheckAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Back", Exact = true }).ClickAsync();
        await _form.ReadyAsync();
        await ExpectKeptAsync();
    }

    [Fact]
    public async Task What_was_typed_is_there_again_after_signing_out_and_in()
    {
        await _form.FillAsync("form-kept", "4", "Session", "for the night run");
        await _form.CheckAsync();

        await Page.Locator("details.menu > summary").ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out");
        await Expect(Page).ToHaveURLAsync("/signed-out");
        await SignInAsync("developer", "/pools/new");

        await _form.ReadyAsync();
        await ExpectKeptAsync();
    }

    [Fact]
    public async Task What_is_not_in_the_list_is_made_elsewhere_and_found_by_looking_again()
    {
        await _form.FillAsync("form-new-user", "3");
        await Page.GetByText("Not in the list?").ClickAsync();
        await Expect(Page.GetByText($"doctl databases db create {SandboxClusters.OrdersProd} NAME")).ToBeVisibleAsync();
        await Expect(Page.GetByText($"doctl databases user create {SandboxClusters.OrdersProd} NAME")).ToBeVisibleAsync();
        var name = $"made-{Guid.NewGuid().ToString("N")[..8]}";
        await Expect(_form.User.GetByRole(AriaRole.Option, new() { Name = name })).ToHaveCountAsync(0);
        using var api = new SandboxApi(Stage.Sandbox);
        ((int)(await api.PostAsync($"/v2/databases/{SandboxClusters.OrdersProd}/users", new { name })).Status).ShouldBe(201);
        try
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();

            await Expect(_form.User.GetByRole(AriaRole.Option, new() { Name = name })).ToBeAttachedAsync();
            await Expect(Page.GetByText("Read again:")).ToBeVisibleAsync();
            await Expect(_form.Name).ToHaveValueAsync("form-new-user");
            await Expect(_form.Size).ToHaveValueAsync("3");
            await Expect(_form.User).ToHaveValueAsync("app");
        }
        finally
        {
            await api.DeleteAsync($"/v2/databases/{SandboxClusters.OrdersProd}/users/{name}");
        }
    }

    [Fact]
    public async Task A_cluster_that_takes_no_pool_is_listed_and_refused_with_the_reason_and_another_engine_is_not_listed()
    {
        var clusters = await _form.Cluster.GetByRole(AriaRole.Option).AllInnerTextsAsync();
        clusters.Count.ShouldBe(5);
        clusters.ShouldContain(text => text.StartsWith("analytics-read · read only ·", StringComparison.Ordinal));
        clusters.ShouldContain(text => text.StartsWith("orders-prod ·", StringComparison.Ordinal) && text.EndsWith("97 of 97 free", StringComparison.Ordinal));
        clusters.ShouldContain(text => text.StartsWith("payments-staging ·", StringComparison.Ordinal));
        clusters.ShouldContain(text => text.StartsWith("analytics ·", StringComparison.Ordinal) && text.Contains("resiz", StringComparison.OrdinalIgnoreCase));
        clusters.ShouldNotContain(text => text.Contains("mysql", StringComparison.OrdinalIgnoreCase));

        await _form.Cluster.SelectOptionAsync(SandboxClusters.Analytics.ToString());
        await _form.Continue.ClickAsync();

        await Expect(_form.Errors.GetByRole(AriaRole.Link).First).ToContainTextAsync("analytics cannot take a pool:");
    }

    [Fact]
    public async Task A_size_above_the_budget_is_refused_and_the_largest_is_named()
    {
        await _form.FillAsync("form-large", "98", reason: "all of it");

        await _form.Continue.ClickAsync();

        await Expect(_form.Errors).ToContainTextAsync("Pool size must be 97 or fewer. orders-prod has 97 connections free");
        await Expect(_form.Size).ToHaveValueAsync("98");
    }

    [Fact]
    public async Task A_size_above_the_rules_asks_for_a_reason_and_is_sent_for_review()
    {
        await _form.FillAsync("form-review", "30");
        await _form.Continue.ClickAsync();
        await Expect(_form.Errors).ToContainTextAsync("Enter a reason: a lead decides about this pool");
        await _form.Reason.FillAsync("the sale on Friday");
        await _form.CheckAsync();
        await Expect(Page.GetByText("0 → 30 of 97 used")).ToBeVisibleAsync();
        await Expect(_form.Create).ToHaveCountAsync(0);

        await _form.SendForReview.ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Waiting for review: form-review on orders-prod");
        await Expect(Page).ToHaveTitleAsync("Waiting: form-review · Pool Portal");
        Stage.Sandbox.Ledger.Entries.ShouldNotContain(entry => entry.Pool == "form-review");
    }

    private async Task ExpectKeptAsync()
    {
        await Expect(_form.Cluster).ToHaveValueAsync(SandboxClusters.OrdersProd.ToString());
        await Expect(_form.Database).ToHaveValueAsync("checkout");
        await Expect(_form.User).ToHaveValueAsync("app");
        await Expect(_form.Mode("Session")).ToBeCheckedAsync();
        await Expect(_form.Size).ToHaveValueAsync("4");
        await Expect(_form.Name).ToHaveValueAsync("form-kept");
        await Expect(_form.Reason).ToHaveValueAsync("for the night run");
    }
}
