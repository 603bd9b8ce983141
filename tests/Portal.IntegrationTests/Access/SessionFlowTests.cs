using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Access;
using static Portal.IntegrationTests.Door.Browser;

namespace Portal.IntegrationTests.Door;

[Collection(DoorCollection.Name)]
public sealed class SessionFlowTests(DoorFixture fixture)
{
    private readonly DoorHost _host = fixture.Host.Afresh();

    [Fact]
    public async Task Signing_out_ends_the_session_here_and_at_the_provider()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        var thief = browser.Copy();

        using var answer = await browser.PostAsync("/sign-out", ("__RequestVerificationToken", await browser.FormTokenAsync()));

        var end = new Uri(LocationOf(answer));
        var query = QueryHelpers.ParseQuery(end.Query);
        end.GetLeftPart(UriPartial.Path).ShouldBe($"{_host.Sandbox.Issuer}/end_session");
        query["post_logout_redirect_uri"].ShouldBe([$"{browser.Portal}signout-callback-oidc"]);
        query["id_token_hint"].ToString().Split('.').Length.ShouldBe(3);
        answer.Headers.GetValues("Clear-Site-Data").ShouldBe(["\"cache\""]);
        browser.Cookies.ShouldNotContainKey("pg-s");
        using var provider = await browser.OpenAsync(end.ToString());
        provider.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        using var back = await browser.OpenAsync(LocationOf(provider));
        LocationOf(back).ShouldBe("/signed-out");

        using var stolen = await thief.OpenAsync("/");
        LocationOf(stolen).ShouldContain("/sign-in");
        _host.Sessions.ShouldHaveSingleItem().EndedBecause.ShouldBe(SessionEnd.SignedOut);
        _host.Record.Select(row => row.Action).ShouldBe(["signed in", "signed out"]);
        thief.Dispose();
    }

    [Fact]
    public async Task Nobody_is_signed_out_by_somebody_elses_form()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        var other = _host.Browser();
        await other.SignInAsync("developer2");
        var othersToken = await other.FormTokenAsync();

        using var without = await browser.PostAsync("/sign-out");
        using var with = await browser.PostAsync("/sign-out", ("__RequestVerificationToken", othersToken));

        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        with.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _host.Sessions.ShouldAllBe(session => session.EndedAt == null);
    }

    [Fact]
    public async Task Who_is_not_signed_in_may_sign_out()
    {
        using var answer = await _host.Browser().PostAsync("/sign-out");

        LocationOf(answer).ShouldBe("/signed-out");
    }

    [Fact]
    public async Task A_sign_out_is_not_a_link()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");

        using var answer = await browser.OpenAsync("/sign-out");

        answer.StatusCode.ShouldNotBe(HttpStatusCode.Redirect);
        _host.Sessions.ShouldHaveSingleItem().EndedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_second_sign_in_ends_the_session_that_the_browser_had()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        var before = browser.Copy();

        using (var challenge = await browser.OpenAsync("/sign-in?account=other"))
        using (var chosen = await browser.PostAsync(LocationOf(challenge), ("account", "lead")))
        using (var back = await browser.OpenAsync(LocationOf(chosen)))
        {
            LocationOf(back).ShouldBe("/");
        }

        using var old = await before.OpenAsync("/");
        LocationOf(old).ShouldContain("/sign-in");
        browser.Cookies["pg-s"].ShouldNotBe(before.Cookies["pg-s"]);
        _host.Sessions.Select(session => (session.PersonName, session.EndedBecause))
            .ShouldBe([("Dana Developer", SessionEnd.SignedInAgain), ("Lee Lead", null)]);
        before.Dispose();
    }

    [Fact]
    public async Task A_session_that_is_ended_on_the_server_is_over_at_the_next_request()
    {
        await using var host = await DoorHost.StartAsync();
        var browser = host.Browser();
        await browser.SignInAsync("developer");
        var hash = host.Sessions.ShouldHaveSingleItem().KeyHash;
        hash.Length.ShouldBe(32);

        await host.EndAllAsync();

        using var answer = await browser.OpenAsync("/pools/new");
        LocationOf(answer).ShouldContain("/sign-in?returnUrl=%2Fpools%2Fnew");
    }

    [Theory]
    [InlineData("GET", "/_blazor", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/_blazor/negotiate", HttpStatusCode.Unauthorized)]
    [InlineData("POST", "/clusters/9cc10173-e9ea-4176-9dbc-a4cee4c4ff30/pools/a/connection", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/", HttpStatusCode.Redirect)]
    [InlineData("GET", "/pools/new", HttpStatusCode.Redirect)]
    [InlineData("GET", "/changes", HttpStatusCode.Redirect)]
    public async Task Without_a_session_everything_is_closed(string method, string path, HttpStatusCode status)
    {
        using var content = method == "POST" ? new FormUrlEncodedContent([]) : null;

        using var answer = await _host.Browser().SendAsync(new HttpMethod(method), path, content, ("Origin", _host.Browser().Portal.GetLeftPart(UriPartial.Authority)));

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_script_is_told_401_and_is_not_led_to_the_provider()
    {
        var browser = _host.Browser();

        using var fetched = await browser.SendAsync(HttpMethod.Get, "/pools/new", content: null, ("Sec-Fetch-Mode", "cors"), ("Accept", "*/*"));
        using var image = await browser.SendAsync(HttpMethod.Get, "/sign-in", content: null, ("Sec-Fetch-Mode", "no-cors"), ("Accept", "image/*"));

        fetched.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        image.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        browser.Cookies.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/sign-in?returnUrl=https://evil.example")]
    [InlineData("/sign-in?returnUrl=//evil.example")]
    [InlineData("/sign-in?returnUrl=/%5Cevil.example")]
    [InlineData("/sign-in?returnUrl=/%09/evil.example")]
    [InlineData("/sign-in?returnUrl=%2F%2Fevil.example")]
    [InlineData("/sign-in?returnUrl=%252F%252Fevil.example")]
    [InlineData("/sign-in?returnUrl=/%252F%252Fevil.example")]
    [InlineData("/sign-in?returnUrl=https%3A%2F%2Flocalhost%40evil.example")]
    [InlineData("/sign-in?returnUrl=%40evil.example")]
    [InlineData("/sign-in?returnUrl=/%0D%0ALocation:%20https://evil.example")]
    [InlineData("/sign-in?returnUrl=javascript:alert(1)")]
    [InlineData("/sign-in?returnUrl=/signout-frontchannel-oidc")]
    public async Task The_way_in_does_not_lead_elsewhere(string door)
    {
        var browser = _host.Browser();
        using var challenge = await browser.OpenAsync(door);
        using var chosen = await browser.PostAsync(LocationOf(challenge), ("account", "developer"));
        using var back = await browser.OpenAsync(LocationOf(chosen));
        LocationOf(back).ShouldBe("/");

        using var inside = await browser.OpenAsync(door);
        LocationOf(inside).ShouldBe("/");
    }

    [Fact]
    public async Task Plain_http_beyond_loopback_stops_the_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => DoorHost.StartAsync(settings => settings["urls"] = "http://0.0.0.0:0"));

        failure.Message.ShouldStartWith("The portal must not listen on http://0.0.0.0:0: plain http is for loopback only.");
    }

    [Fact]
    public async Task Behind_a_proxy_the_addresses_and_cookies_are_those_of_https()
    {
        await using var host = await DoorHost.StartAsync(settings => settings["Access:PublicUrl"] = "https://pools.example.com");
        var browser = host.Browser();

        using var challenge = await browser.OpenAsync("/sign-in");

        QueryHelpers.ParseQuery(new Uri(LocationOf(challenge)).Query)["redirect_uri"].ShouldBe(["https://pools.example.com/signin-oidc"]);
        browser.CookieLines.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => line.ShouldStartWith("__Host-pg-c"),
            line => line.ShouldEndWith("; path=/; secure; samesite=lax; httponly"));
    }
}
