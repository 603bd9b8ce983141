using System.Text.Json;
using Microsoft.Playwright;
using Portal.Audit;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>What can be chosen on the card, and what is remembered of it.</summary>
public sealed class CardChoiceTests(Stage stage) : BrowserTest(stage)
{
    private const string Query = "SELECT current_user || ' in ' || current_database()";

    private static readonly string InVpc = $"/clusters/{SandboxClusters.PaymentsStaging}/pools/choice-vpc";

    [Theory]
    [InlineData(true, "private-payments-staging")]
    [InlineData(false, "localhost")]
    public async Task Where_it_runs_is_asked_once_and_remembered_over_a_reload_and_a_new_sign_in(bool isInVpc, string host)
    {
        await SignInAsync("developer");
        var card = await MakeInVpcAsync();
        await Expect(card.InVpc).Not.ToBeCheckedAsync();
        await Expect(card.Elsewhere).Not.ToBeCheckedAsync();
        await Expect(card.Whole).ToContainTextAsync("Not chosen yet: the address shown is the public one. Open to the whole internet.");
        await Expect(card.Masked).ToContainTextAsync("@localhost:");

        await (isInVpc ? card.InVpc : card.Elsewhere).CheckAsync();
        await card.Format("psql").CheckAsync();
        await Expect(card.Masked).ToContainTextAsync($"host={host}");

        await Page.ReloadAsync();
        await ExpectChosenAsync(card);

        var elsewhere = await OpenAsync();
        await SignInAsync("developer", InVpc, elsewhere);
        await ExpectChosenAsync(new Card(elsewhere));

        async Task ExpectChosenAsync(Card again)
        {
            await Expect(isInVpc ? again.InVpc : again.Elsewhere).ToBeCheckedAsync();
            await Expect(isInVpc ? again.Elsewhere : again.InVpc).Not.ToBeCheckedAsync();
            await Expect(again.Format("psql")).ToBeCheckedAsync();
            await Expect(again.Masked).ToContainTextAsync($"host={host}");
        }
    }

    [Fact]
    public async Task What_one_person_chose_is_not_chosen_for_another()
    {
        await SignInAsync("developer");
        await (await MakeInVpcAsync()).InVpc.CheckAsync();
        await Expect(Page.GetByText("Works from inside the cluster's private network")).ToBeVisibleAsync();

        var other = await OpenAsync();
        await SignInAsync("lead", InVpc, other);

        await Expect(new Card(other).InVpc).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Where_there_is_one_network_nothing_is_asked_and_the_trusted_sources_are_said()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("choice-one");

        await Expect(card.WhereItRuns).ToHaveCountAsync(0);
        await Expect(card.Whole).ToContainTextAsync("Accepts 1 Kubernetes cluster, 203.0.113.7; from anywhere else the connection times out.");
        await card.CopyAsync();
    }

    [Fact]
    public async Task Trusted_sources_that_cannot_be_read_are_said_and_stop_nothing()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("choice-unread");
        Stage.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "/v2/databases/*/firewall", Times = 20, Kind = FaultKind.Status, Status = 500 });

        await Page.ReloadAsync();

        await Expect(card.Whole).ToContainTextAsync("Whom the cluster accepts could not be read: DigitalOcean had an error of its own (status 500).");
        await card.CopyAsync();
    }

    [Fact]
    public async Task The_direct_connection_goes_around_the_pool_and_is_recorded_as_that()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("choice-direct");

        await card.Route("Direct").CheckAsync();
        await Expect(card.Whole).ToContainTextAsync("Around the pool, to PostgreSQL itself: for migrations, pg_dump and LISTEN.");
        await card.CopyAsync();

        var uri = await PasteAsync();
        uri.ShouldEndWith("/checkout?sslmode=require");
        (await Server.QueryAsync(Server.Read(uri, "").ConnectionString, Query)).ShouldBe("app in checkout");
        Purposes("choice-direct").ShouldBe(["direct copied"]);
    }

    [Fact]
    public async Task Every_format_is_copied_exactly_as_it_is_shown()
    {
        using var api = new SandboxApi(Stage.Sandbox);
        var password = (await api.GetAsync($"/v2/databases/{SandboxClusters.OrdersProd}/users/app")).Json.GetProperty("user").GetProperty("password").GetString()!;
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("choice-all");
        var ids = await card.Whole.Locator("input[data-option=format]").EvaluateAllAsync<string[]>("radios => radios.map(radio => radio.value)");
        var more = await card.MoreFormats.Locator("option").EvaluateAllAsync<string[]>("options => options.map(option => option.value).filter(Boolean)");
        ids.Length.ShouldBe(6);
        more.Length.ShouldBeGreaterThanOrEqualTo(13);

        foreach (var id in ids.Concat(more))
        {
            // Copied at once, before the server can have drawn it: the page waits for it.
            await (ids.Contains(id) ? card.Whole.Locator($"input[value='{id}']").CheckAsync() : card.MoreFormats.SelectOptionAsync(id));
            await card.CopyAsync();

            (await Page.Locator("pool-connection").GetAttributeAsync("data-format")).ShouldBe(id);
            (await PasteAsync()).Replace(password, "PASSWORD", StringComparison.Ordinal)
                .ShouldBe(await Page.Locator("pool-connection").GetAttributeAsync("data-without-password"));
        }
    }

    [Fact]
    public async Task The_other_formats_are_chosen_and_left_by_keyboard()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("choice-keys");

        await card.Format("URI").FocusAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(card.MoreFormats).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("Kube");

        await Expect(card.MoreFormats).ToHaveValueAsync("kubernetes");
        await Expect(card.Masked).ToContainTextAsync("kind: Secret");
        await Expect(card.Format("URI")).Not.ToBeCheckedAsync();

        await Page.Keyboard.PressAsync("Shift+Tab");
        await Page.Keyboard.PressAsync("Space");
        await Expect(card.MoreFormats).ToHaveValueAsync("");
        await Expect(card.Masked).ToContainTextAsync("postgresql://app:");
    }

    [Fact]
    public async Task A_file_is_downloaded_after_a_warning_and_not_without_it()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("choice-file", user: "checkout");
        await card.MoreFormats.SelectOptionAsync("dotenv");
        await Expect(card.AskForFile).ToHaveTextAsync("Download database.env");

        await card.AskForFile.ClickAsync();
        await Expect(card.Warning).ToContainTextAsync("Whoever gets the file can use the database as checkout.");
        await card.Warning.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(card.Warning).ToHaveCountAsync(0);
        await Expect(card.AskForFile).ToBeFocusedAsync();
        Purposes("choice-file").ShouldBeEmpty();

        var line = await card.DownloadAsync();

        line.ShouldStartWith("DATABASE_URL='postgresql://checkout:");
        line.ShouldEndWith("'\n");
        (await Server.QueryAsync(Server.Read(line.Trim()["DATABASE_URL='".Length..^1], "").ConnectionString, Query)).ShouldBe("checkout in checkout");
        Purposes("choice-file").ShouldBe(["pool downloaded"]);
    }

    [Fact]
    public async Task Every_state_of_the_card_is_for_everybody()
    {
        var inspection = new Inspection();
        await SignInAsync("developer");
        var card = await MakeInVpcAsync();
        await inspection.LookAsync(Page, "card, where it runs not chosen");
        await card.InVpc.CheckAsync();
        await card.Route("Direct").CheckAsync();
        await card.Format("Node (pg)").CheckAsync();
        await Page.GetByText("Why these settings").ClickAsync();
        await Expect(card.Masked).ToContainTextAsync("DATABASE_URL_DIRECT");
        await inspection.LookAsync(Page, "card, direct, from the VPC, for Node");
        await card.MoreFormats.SelectOptionAsync("kubernetes");
        await Expect(card.Masked).ToContainTextAsync("BEGIN CERTIFICATE");
        await inspection.LookAsync(Page, "card, a Secret of Kubernetes");
        await card.AskForFile.ClickAsync();
        await Expect(card.Warning).ToBeVisibleAsync();
        await inspection.LookAsync(Page, "card, warning before a download");

        var admin = await OpenAsync();
        await SignInAsync("admin", $"/clusters/{SandboxClusters.Analytics}/pools/dashboards", admin);
        var standby = new Card(admin);
        await standby.Whole.GetByRole(AriaRole.Radio, new() { Name = "Standby (read only)" }).CheckAsync();
        await Expect(standby.Masked).ToContainTextAsync("@replica-analytics");
        await inspection.LookAsync(admin, "card, standby");

        inspection.Violations.ShouldBeEmpty();
    }

    private Task<Card> MakeInVpcAsync() => new NewPool(Page).MakeAsync(
        "choice-vpc", cluster: SandboxClusters.PaymentsStaging, database: "payments", user: "payments", size: "3");

    /// <summary>What the record says of the connections of a pool that were handed out.</summary>
    private IEnumerable<string> Purposes(string pool) => Stage.Portal.Record
        .Where(row => row.Pool == pool && row.Action == AuditAction.ConnectionHandedOut)
        .Select(row => JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)!)
        .Select(details => $"{details["use"]} {details["purpose"]}");
}
