using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Access;
using Portal.Sandbox;
using static Portal.IntegrationTests.Door.Browser;

namespace Portal.IntegrationTests.Door;

/// <summary>Connections of some clusters are for those who have just proved who they are.</summary>
public sealed class StepUpTests : IAsyncLifetime
{
    private const string Pool = "payments-app";

    private static readonly string Page = $"/clusters/{SandboxClusters.PaymentsStaging}/pools/{Pool}";

    private DoorHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await DoorHost.StartAsync(settings => settings["Access:StepUp:Clusters:0"] = "payments-*");
        await _host.Portal.ReadAsync(SandboxClusters.PaymentsStaging);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Who_signed_in_long_ago_proves_it_anew_and_has_the_connection_then()
    {
        _host.Sandbox.SignIn.AskedBefore = TimeSpan.FromMinutes(20);
        var browser = _host.Browser();
        await browser.SignInAsync("admin");

        using (var refused = await AskAsync(browser))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Token)).RootElement;
            problem.GetProperty("kind").GetString().ShouldBe("ProveAgain");
            problem.GetProperty("title").GetString().ShouldBe("Connections of payments-staging are for those who have signed in within the last 15 minutes.");
        }

        _host.Record[^1].Action.ShouldBe("action refused");
        _host.Record.ShouldNotContain(row => row.Action == "connection asked for");

        _host.Sandbox.SignIn.AskedBefore = TimeSpan.Zero;
        (await ProveAsync(browser, "admin")).ShouldBe(Page);

        using var handedOut = await AskAsync(browser);
        handedOut.StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.Record[^1].Action.ShouldBe("connection handed out");
        _host.Sessions.Select(session => session.EndedBecause).ShouldBe([SessionEnd.SignedInAgain, null]);
    }

    [Fact]
    public async Task Who_has_just_signed_in_is_not_asked()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("admin");

        using var answer = await AskAsync(browser);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_provider_is_told_to_ask_and_so_is_who_is_signed_in()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("admin");

        using var challenge = await browser.OpenAsync("/sign-in?prove=now");
        using var without = await browser.OpenAsync("/sign-in?prove=yes");

        var query = QueryHelpers.ParseQuery(new Uri(LocationOf(challenge)).Query);
        query["prompt"].ShouldBe(["login"]);
        query["max_age"].ShouldBe(["0"]);
        LocationOf(without).ShouldBe("/");
    }

    [Theory]
    [InlineData(true, "not-proved-again", "before it was told to, or its clock is behind.")]
    [InlineData(false, "no-proof-time", "The id token has no auth_time: let the provider put it there, see docs/sign-in.md.")]
    public async Task A_provider_that_did_not_ask_again_changes_nothing(bool saysWhen, string reason, string detail)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("admin");
        var session = browser.Cookies["pg-s"];
        _host.Sandbox.SignIn.AskedBefore = TimeSpan.FromMinutes(20);
        _host.Sandbox.SignIn.SaysWhenAsked = saysWhen;

        var end = await ProveAsync(browser, "admin");

        end.ShouldBe($"/signed-out?reason={reason}&returnUrl={Uri.EscapeDataString(Page)}");
        browser.Cookies["pg-s"].ShouldBe(session);
        _host.Sessions.ShouldHaveSingleItem().EndedAt.ShouldBeNull();
        _host.Refusals.ShouldHaveSingleItem().ShouldContain(detail);
        using var page = await browser.OpenAsync(end);
        var html = await page.Content.ReadAsStringAsync(Token);
        html.ShouldContain("You were not asked again");
        html.ShouldContain($"sign-in?prove=now&amp;returnUrl={Uri.EscapeDataString(Page)}");
    }

    [Fact]
    public async Task A_session_whose_provider_does_not_say_when_it_asked_is_not_enough()
    {
        _host.Sandbox.SignIn.SaysWhenAsked = false;
        var browser = _host.Browser();
        await browser.SignInAsync("admin");

        using var answer = await AskAsync(browser);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _host.Sessions.ShouldHaveSingleItem().AuthenticatedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Somebody_else_who_proves_it_comes_in_as_themselves()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("admin");

        (await ProveAsync(browser, "developer")).ShouldBe(Page);

        _host.Sessions.Select(session => (session.PersonName, session.EndedBecause)).ShouldBe([("Ada Admin", SessionEnd.SignedInAgain), ("Dana Developer", null)]);
        using var answer = await AskAsync(browser);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_page_of_the_session_that_was_replaced_goes_on_where_it_was()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("admin");

        using var stays = await browser.OpenAsync("/signed-out?reason=ended&returnUrl=%2Fpools%2Fnew");
        using var other = await _host.Browser().OpenAsync("/signed-out?reason=ended&returnUrl=%2Fpools%2Fnew");
        using var elsewhere = await browser.OpenAsync("/signed-out?reason=ended&returnUrl=https%3A%2F%2Fevil.example");

        new Uri(browser.Portal, LocationOf(stays)).PathAndQuery.ShouldBe("/pools/new");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        new Uri(browser.Portal, LocationOf(elsewhere)).ShouldBe(browser.Portal);
    }

    [Fact]
    public async Task A_provider_whose_clock_is_two_minutes_ahead_is_refused_with_words_for_the_operator()
    {
        _host.Sandbox.SignIn.ClockIsAheadBy = TimeSpan.FromMinutes(2);

        (await _host.Browser().SignInAsync("developer")).ShouldBe("/signed-out?reason=clock-off");

        _host.Refusals.ShouldHaveSingleItem().ShouldContain("seconds in the future by the portal");
    }

    [Fact]
    public async Task A_provider_whose_clock_is_two_minutes_behind_lets_people_in_and_proves_nothing()
    {
        _host.Sandbox.SignIn.ClockIsAheadBy = TimeSpan.FromMinutes(-2);
        var browser = _host.Browser();

        (await browser.SignInAsync("admin")).ShouldBe("/");
        (await ProveAsync(browser, "admin")).ShouldStartWith("/signed-out?reason=not-proved-again");

        _host.Refusals.ShouldHaveSingleItem().ShouldContain("its clock is behind");
    }

    private static async Task<HttpResponseMessage> AskAsync(Browser browser) => await browser.PostAsync(
        $"{Page}/connection", ("format", "uri"), ("network", "public"), ("purpose", "shown"), ("connectAs", ""), ("__RequestVerificationToken", await browser.FormTokenAsync()));

    private static async Task<string> ProveAsync(Browser browser, string account)
    {
        using var challenge = await browser.OpenAsync($"/sign-in?prove=now&returnUrl={Uri.EscapeDataString(Page)}");
        using var chosen = await browser.PostAsync(LocationOf(challenge), ("account", account));
        using var back = await browser.OpenAsync(LocationOf(chosen));
        return LocationOf(back);
    }
}
