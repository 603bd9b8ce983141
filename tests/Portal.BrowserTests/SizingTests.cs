using Microsoft.Playwright;
using Portal.Changes;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>What the form says while a size and a mode are being found.</summary>
public sealed class SizingTests(Stage stage) : BrowserTest(stage)
{
    private const int FarthestAway = 60;

    private NewPool _form = null!;
    private Advice _advice = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SignInAsync("developer");
        _form = new NewPool(Page);
        _advice = new Advice(Page);
        await _form.OpenAsync();
    }

    [Fact]
    public async Task The_budget_follows_what_is_typed()
    {
        await _form.FillAsync("sizing-live", "12");
        await Expect(_advice.Budget).ToHaveAccessibleNameAsync("12 of 97 server connections used, 12 more than now, 85 free");
        await Expect(_advice.Key).ToHaveTextAsync(["12 for this pool", "85 free", "3 more are reserved for maintenance"]);

        await _form.Size.ClickAsync();
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync("120");

        await Expect(_advice.Budget).ToHaveAccessibleNameAsync("120 of 97 server connections used, 120 more than now, 23 above the budget");
        await Expect(_form.Size).ToHaveValueAsync("120");
        await Expect(Page.GetByText("No more than 97 can be had")).ToBeVisibleAsync();
        await Expect(Page.Locator(".field-error")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Other_pools_are_counted_and_named()
    {
        await _form.FillAsync("sizing-others", "2", cluster: SandboxClusters.PaymentsStaging, database: "payments", user: "payments");

        await Expect(_advice.Key).ToHaveTextAsync(["11 by other pools", "2 for this pool", "9 free", "3 more are reserved for maintenance"]);
        await Expect(Page.GetByText("11 → 13 of 22 used")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_calculator_sets_the_size_and_survives_a_reload()
    {
        await _form.FillAsync("sizing-calculated", "5");
        await _advice.SizeDoor.ClickAsync();
        await Expect(Page.GetByText("orders-prod has 2 processors.")).ToBeVisibleAsync();
        await _advice.Rate.FillAsync("300");
        await Expect(_advice.UseCalculated).ToHaveCountAsync(0);
        await _advice.Time.FillAsync("12");
        await Expect(Page.GetByText("300 a second × 12 ms = 3.6 at work on average, and half as many again for peaks: 6.")).ToBeVisibleAsync();

        await _advice.UseCalculated.ClickAsync();

        await Expect(_form.Size).ToHaveValueAsync("6");
        await Expect(_form.Size).ToBeFocusedAsync();
        await Page.ReloadAsync();
        await _form.ReadyAsync();
        await Expect(_form.Size).ToHaveValueAsync("6");
        await Expect(_advice.Rate).ToHaveValueAsync("300");
        await Expect(_advice.Time).ToHaveValueAsync("12");
        await _form.CheckAsync();
        await _form.Create.ClickAsync();
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        Stage.Portal.ReadAll<PoolChange>().ShouldHaveSingleItem().Size.ShouldBe(6);
    }

    [Fact]
    public async Task In_session_mode_it_asks_for_instances_and_their_connections()
    {
        await _form.FillAsync("sizing-session", "5", "Session");
        await _advice.SizeDoor.ClickAsync();
        await _advice.Instances.FillAsync("3");
        await _advice.Each.FillAsync("ten");
        await Expect(Page.GetByText("Enter whole numbers, like 3 and 10.")).ToBeVisibleAsync();
        await _advice.Each.FillAsync("4");

        await _advice.UseCalculated.ClickAsync();

        await Expect(_form.Size).ToHaveValueAsync("12");
        await Expect(Page.GetByText("Up to 12 clients are served at once, each until it disconnects.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_checklist_proposes_and_the_person_switches()
    {
        await _form.FillAsync("sizing-checklist");
        await _advice.ChecklistDoor.ClickAsync();
        await Expect(_advice.Boxes.First).ToHaveAccessibleNameAsync("None of these");
        await _advice.Box("None of these").CheckAsync();
        await Expect(Page.GetByText("Transaction fits.")).ToBeVisibleAsync();

        await _advice.Box("LISTEN").CheckAsync();

        await Expect(_advice.Box("None of these")).Not.ToBeCheckedAsync();
        await Expect(_advice.Checklist.GetByText("can stay behind and be seen by other clients of the pool")).ToBeVisibleAsync();
        await Expect(_form.Mode("Transaction")).ToBeCheckedAsync();

        await _advice.UseSession.ClickAsync();

        await Expect(_form.Mode("Session")).ToBeCheckedAsync();
        await Expect(_advice.Checklist.GetByRole(AriaRole.Status)).ToBeFocusedAsync();
        await Expect(_advice.Checklist.GetByRole(AriaRole.Status)).ToHaveTextAsync("Session keeps these for each client.");
        await Page.ReloadAsync();
        await _form.ReadyAsync();
        await Expect(_advice.Box("LISTEN")).ToBeCheckedAsync();
        await Expect(_form.Mode("Session")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Statement_mode_says_with_which_words_it_refuses()
    {
        await _form.FillAsync("sizing-statement", mode: "Statement");

        await Expect(Page.GetByText("transaction blocks not allowed in statement pooling mode")).ToBeVisibleAsync();
        await _advice.ChecklistDoor.ClickAsync();
        await _advice.Box("cursors").CheckAsync();
        await Expect(Page.GetByText("Statement mode does not keep that")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task That_a_lead_will_decide_is_said_before_the_form_is_sent_in_the_words_that_the_check_page_has()
    {
        await _form.FillAsync("sizing-bands", "19");
        await Expect(Page.GetByText("0 → 19 of 97 used")).ToBeVisibleAsync();
        await Expect(Page.GetByText("A lead decides about this size")).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Reason (optional)")).ToBeVisibleAsync();

        await _form.Size.FillAsync("20");

        const string Why = "20 is more than the 19 that are given at once on orders-prod";
        await Expect(Page.GetByText(Why)).ToBeVisibleAsync();
        await Expect(Page.GetByText("A lead decides about this pool: say what it is for.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Reason (optional)")).ToHaveCountAsync(0);
        await _form.Reason.FillAsync("the sale on Friday");
        await _form.CheckAsync();
        await Expect(Page.GetByText(Why)).ToBeVisibleAsync();
        await Expect(_form.SendForReview).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_inbound_user_multiplies_the_size_and_asks_for_a_reason()
    {
        await _form.FillAsync("sizing-inbound", "4", user: "Inbound user: each client comes as itself");

        // The list has two lines more: none chosen, and the inbound user. Other tests make users, which stay.
        var users = await _form.User.GetByRole(AriaRole.Option).CountAsync() - 2;
        users.ShouldBeGreaterThan(1);
        await Expect(Page.GetByText($"4 for each user who comes in: {users} users of orders-prod could take {4 * users} together.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("A lead decides about this pool: say what it is for.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("A lead decides about this size")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_cluster_that_takes_no_pool_says_so_as_soon_as_it_is_chosen()
    {
        await _form.Cluster.SelectOptionAsync(SandboxClusters.Analytics.ToString());

        await Expect(Page.GetByText("It is being resized: no changes now.")).ToBeVisibleAsync();
        await _form.Cluster.SelectOptionAsync(SandboxClusters.OrdersProd.ToString());
        await Expect(Page.GetByText("It is being resized")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Checklist_and_calculator_need_no_mouse()
    {
        await _form.FillAsync("sizing-keyboard");
        await TabToAsync(_advice.ChecklistDoor, from: _form.Mode("Transaction"));
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync(_advice.Box("CREATE TEMP TABLE"));
        await Page.Keyboard.PressAsync("Space");
        await TabToAsync(_advice.UseSession);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(_form.Mode("Session")).ToBeCheckedAsync();
        await TabToAsync(_advice.SizeDoor);
        await Page.Keyboard.PressAsync("Enter");
        await TabToAsync(_advice.Instances);
        await Page.Keyboard.TypeAsync("2");
        await TabToAsync(_advice.Each);
        await Page.Keyboard.TypeAsync("6");
        await Expect(_advice.UseCalculated).ToBeVisibleAsync();
        await TabToAsync(_advice.UseCalculated);
        await Page.Keyboard.PressAsync("Space");
        await Expect(_form.Size).ToHaveValueAsync("12");
        await Expect(_form.Size).ToBeFocusedAsync();
        await TabToAsync(_form.Continue);
        await Page.Keyboard.PressAsync("Enter");

        await Expect(_form.Create).ToBeVisibleAsync();
    }

    [Fact]
    public async Task All_of_it_is_for_everybody()
    {
        var inspection = new Inspection();
        await _form.FillAsync("sizing-axe", "30");
        await _advice.ChecklistDoor.ClickAsync();
        await _advice.Box("LISTEN").CheckAsync();
        await _advice.SizeDoor.ClickAsync();
        await _advice.Rate.FillAsync("300");
        await _advice.Time.FillAsync("60");
        await Expect(_advice.UseCalculated).ToBeVisibleAsync();
        await Expect(_advice.UseSession).ToBeVisibleAsync();
        await inspection.LookAsync(Page, "form, for review, Session proposed, calculated");

        await _advice.UseSession.ClickAsync();
        await _form.User.SelectOptionAsync("Inbound user: each client comes as itself");
        await _form.Size.FillAsync("120");
        await _advice.Instances.FillAsync("50");
        await _advice.Each.FillAsync("10");
        await Expect(Page.GetByText("More than the 97 that are free.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("No more than 97 can be had")).ToBeVisibleAsync();
        await inspection.LookAsync(Page, "form, above the budget, inbound, Session");

        await _form.Cluster.SelectOptionAsync(SandboxClusters.Analytics.ToString());
        await Expect(Page.GetByText("It is being resized: no changes now.")).ToBeVisibleAsync();
        await _form.Continue.ClickAsync();
        await Expect(_form.Errors).ToBeVisibleAsync();
        await inspection.LookAsync(Page, "form, a cluster that takes no pool, with errors");

        inspection.Violations.ShouldBeEmpty();
    }

    private async Task TabToAsync(ILocator target, ILocator? from = null)
    {
        if (from is not null)
        {
            await from.FocusAsync();
        }

        for (var step = 0; step < FarthestAway; step++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        throw new TimeoutException($"The Tab key does not reach {target} within {FarthestAway} steps.");
    }
}
