using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Sandbox.Control;
using static Portal.IntegrationTests.Door.Browser;

namespace Portal.IntegrationTests.Door;

[Collection(DoorCollection.Name)]
public sealed class SignInFlowTests(DoorFixture fixture)
{
    private readonly DoorHost _host = fixture.Host.Afresh();

    [Fact]
    public async Task A_developer_comes_in_and_back_to_the_page_that_was_asked_for()
    {
        var browser = _host.Browser();

        (await browser.SignInAsync("developer", "/pools/new?cluster=1")).ShouldBe("/pools/new?cluster=1");

        using var page = await browser.OpenAsync("/");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Dana Developer");
        var session = _host.Sessions.ShouldHaveSingleItem();
        session.PersonName.ShouldBe("Dana Developer");
        session.PersonId.ShouldStartWith(_host.Sandbox.Issuer + "|");
        session.Roles.ShouldBe("""["Developer"]""");
        session.Groups.ShouldBe("""["payments"]""");
        session.ProviderSession.ShouldNotBeNullOrEmpty();
        _host.Record.Select(row => (row.Action, row.ActorName)).ShouldBe([("signed in", "Dana Developer")]);
    }

    [Fact]
    public async Task Cookies_on_loopback_have_no_prefix_and_hold_no_more_than_a_key()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        await browser.FormTokenAsync();

        var session = browser.CookieLines.Last(line => line.StartsWith("pg-s=", StringComparison.Ordinal));
        session.ShouldEndWith("; path=/; samesite=lax; httponly");
        session.Length.ShouldBeLessThan(1000);
        browser.CookieLines.ShouldContain(line => line.StartsWith("pg-c", StringComparison.Ordinal) && line.EndsWith("; path=/; samesite=lax; httponly", StringComparison.Ordinal));
        browser.CookieLines.ShouldContain(line => line.StartsWith("pg-af=", StringComparison.Ordinal) && line.EndsWith("; path=/; samesite=strict; httponly", StringComparison.Ordinal));
        browser.CookieLines.ShouldAllBe(line => !line.Contains("expires", StringComparison.Ordinal) || line.StartsWith("pg-c", StringComparison.Ordinal));
        browser.Cookies.Keys.ShouldBe(["pg-s", "pg-af"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_provider_is_asked_for_a_code_by_all_the_rules()
    {
        var browser = _host.Browser();

        var asked = new Uri(await browser.FollowToProviderAsync("/"));
        var other = new Uri(LocationOf(await browser.OpenAsync("/sign-in?account=other")));

        var query = QueryHelpers.ParseQuery(asked.Query);
        asked.GetLeftPart(UriPartial.Path).ShouldBe($"{_host.Sandbox.Issuer}/authorize");
        query["response_type"].ShouldBe(["code"]);
        query["response_mode"].ShouldBe(["query"]);
        query["scope"].ShouldBe(["openid profile"]);
        query["code_challenge_method"].ShouldBe(["S256"]);
        query["redirect_uri"].ShouldBe([$"{browser.Portal}signin-oidc"]);
        query["nonce"].ToString().Length.ShouldBe(43);
        query.Keys.ShouldBe(["client_id", "scope", "response_type", "redirect_uri", "code_challenge", "code_challenge_method", "state", "response_mode", "nonce"], ignoreOrder: true);
        QueryHelpers.ParseQuery(other.Query)["prompt"].ShouldBe(["select_account"]);
    }

    [Fact]
    public async Task An_outsider_is_known_and_stays_outside()
    {
        var browser = _host.Browser();

        (await browser.SignInAsync("outsider")).ShouldBe("/not-allowed?reason=no-role");

        browser.Cookies.ShouldNotContainKey("pg-s");
        _host.Sessions.ShouldBeEmpty();
        var row = _host.Record.ShouldHaveSingleItem();
        row.Action.ShouldBe("sign-in refused");
        row.ActorName.ShouldBe("Otto Outsider");
        using var page = await browser.OpenAsync("/not-allowed?reason=no-role");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var inside = await browser.OpenAsync("/");
        LocationOf(inside).ShouldContain("/sign-in");
    }

    [Fact]
    public async Task An_answer_opens_the_door_once()
    {
        var browser = _host.Browser();
        var back = await browser.AskProviderAsync("developer");
        var thief = browser.Copy();

        using (var first = await browser.OpenAsync(back))
        {
            LocationOf(first).ShouldBe("/");
        }

        using var again = await browser.OpenAsync(back);
        LocationOf(again).ShouldBe("/signed-out?reason=lost");
        using var stolen = await thief.OpenAsync(back);
        LocationOf(stolen).ShouldBe("/signed-out?reason=code-refused");
        thief.Cookies.ShouldNotContainKey("pg-s");
        _host.Sessions.Count.ShouldBe(1);
        thief.Dispose();
    }

    [Fact]
    public async Task An_answer_is_worth_nothing_in_another_browser()
    {
        var back = await _host.Browser().AskProviderAsync("developer");
        var victim = _host.Browser();

        using var answer = await victim.OpenAsync(back);

        LocationOf(answer).ShouldBe("/signed-out?reason=lost");
        victim.Cookies.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("state", "tampered", "lost")]
    [InlineData("state", null, "lost")]
    [InlineData("code", "tampered", "code-refused")]
    [InlineData("code", null, "lost")]
    [InlineData("iss", "https://evil.example", "wrong-provider")]
    [InlineData("iss", null, "wrong-provider")]
    public async Task A_changed_answer_is_refused(string part, string? value, string reason)
    {
        var browser = _host.Browser();
        var back = new Uri(await browser.AskProviderAsync("developer"));
        var query = QueryHelpers.ParseQuery(back.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        if (value is null)
        {
            query.Remove(part);
        }
        else
        {
            query[part] = value;
        }

        using var answer = await browser.OpenAsync(QueryHelpers.AddQueryString(back.GetLeftPart(UriPartial.Path), query));

        LocationOf(answer).ShouldStartWith($"/signed-out?reason={reason}");
        browser.Cookies.ShouldNotContainKey("pg-s");
        _host.Refusals.ShouldHaveSingleItem().ShouldContain($"\"reason\":\"{reason}\"");
    }

    [Fact]
    public async Task A_part_that_is_there_twice_is_refused()
    {
        var browser = _host.Browser();

        using var answer = await browser.OpenAsync(await browser.AskProviderAsync("developer") + "&iss=https://evil.example");

        LocationOf(answer).ShouldBe("/signed-out?reason=lost");
    }

    [Theory]
    [InlineData("access_denied", "denied")]
    [InlineData("server_error", "provider-refused")]
    public async Task An_error_of_the_provider_has_its_page(string error, string reason)
    {
        var browser = _host.Browser();
        var query = QueryHelpers.ParseQuery(new Uri(await browser.AskProviderAsync("developer", "/pools/new")).Query);

        using var answer = await browser.OpenAsync(QueryHelpers.AddQueryString("/signin-oidc", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["state"] = query["state"],
            ["iss"] = query["iss"],
            ["error"] = error,
            ["error_description"] = "<script>alert(1)</script>",
        }));

        LocationOf(answer).ShouldBe($"/signed-out?reason={reason}&returnUrl=%2Fpools%2Fnew");
        _host.Refusals.ShouldHaveSingleItem().ShouldNotContain("script");
    }

    [Fact]
    public async Task A_key_that_the_provider_changes_in_the_middle_of_a_sign_in_is_found()
    {
        var browser = _host.Browser();
        var back = await browser.AskProviderAsync("developer");
        _host.Sandbox.RotateKeys();

        using var answer = await browser.OpenAsync(back);

        LocationOf(answer).ShouldBe("/");
        (await _host.Browser().SignInAsync("lead")).ShouldBe("/");
    }

    [Fact]
    public async Task While_the_vault_is_sealed_nobody_new_comes_in_until_the_client_secret_was_read_once()
    {
        await using var host = await DoorHost.StartAsync(settings => settings["Vault:CacheFor"] = "00:00:00");
        host.Sandbox.Seal();
        (await host.Browser().SignInAsync("developer")).ShouldBe("/signed-out?reason=no-client-secret");
        host.Sandbox.Unseal();
        var inside = host.Browser();
        await Eventually.BecomesTrueAsync("the vault is asked again", async () => await inside.SignInAsync("developer") == "/", TimeSpan.FromSeconds(30));
        host.Sandbox.Seal();

        using var page = await inside.OpenAsync("/");

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.Browser().SignInAsync("lead")).ShouldBe("/");
    }

    [Fact]
    public async Task While_the_provider_is_down_who_is_signed_in_goes_on_and_who_comes_is_told()
    {
        await using var host = await DoorHost.StartAsync();
        var inside = host.Browser();
        await inside.SignInAsync("developer");
        var waiting = host.Browser();
        var back = await waiting.AskProviderAsync("lead", "/pools/new");
        host.Sandbox.Faults.Add(new Fault { Path = "/oidc/*", Kind = FaultKind.DropBefore, Times = 100 });

        using var page = await inside.OpenAsync("/");
        using var answer = await waiting.OpenAsync(back);

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        LocationOf(answer).ShouldStartWith("/signed-out?reason=provider-unreachable");
        waiting.Cookies.ShouldNotContainKey("pg-s");
        host.Sessions.ShouldHaveSingleItem().EndedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_provider_that_is_down_has_its_page()
    {
        await using var host = await DoorHost.StartAsync(settings => settings["SignIn:Authority"] = "http://localhost:1/oidc");
        var browser = host.Browser();

        using var answer = await browser.OpenAsync("/sign-in?returnUrl=%2Fpools%2Fnew");

        LocationOf(answer).ShouldBe("/signed-out?reason=provider-unreachable&returnUrl=%2Fpools%2Fnew");
        using var page = await browser.OpenAsync("/signed-out?reason=provider-unreachable");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_its_row_of_the_record_there_is_no_session()
    {
        await using var host = await DoorHost.StartAsync();
        var browser = host.Browser();
        var back = await browser.AskProviderAsync("developer");
        await host.BreakRecordAsync();

        using var answer = await browser.OpenAsync(back);

        LocationOf(answer).ShouldBe("/signed-out?reason=not-recorded");
        browser.Cookies.ShouldNotContainKey("pg-s");
        host.Sessions.ShouldBeEmpty();
    }
}
