using System.Net;
using System.Text;
using Portal.Access;
using static Portal.IntegrationTests.Door.Browser;

namespace Portal.IntegrationTests.Door;

/// <summary>The provider ends a session, by a frame in the browser or by a call of its own.</summary>
[Collection(DoorCollection.Name)]
public sealed class ProviderSignOutTests(DoorFixture fixture)
{
    private readonly DoorHost _host = fixture.Host.Afresh();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_of_the_provider_ends_the_persons_sessions_and_nobody_elses()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("lead3");
        var other = _host.Browser();
        await other.SignInAsync("lead2");

        var answers = await _host.Sandbox.SignOutAsync("lead3", Token);

        answers.ShouldNotBeEmpty();
        answers.ShouldAllBe(answer => answer == 200);
        using var closed = await browser.OpenAsync("/");
        LocationOf(closed).ShouldContain("/sign-in");
        _host.Sessions.Select(session => session.EndedBecause).ShouldBe([SessionEnd.EndedByProvider, null]);
        var row = _host.Record[^1];
        row.Action.ShouldBe("session ended");
        row.Details.ShouldContain("\"why\":\"EndedByProvider\"");
        row.ActorName.ShouldNotBe("Lou Lead");
    }

    [Fact]
    public async Task After_the_keys_were_changed_the_call_is_still_understood()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("auditor");
        _host.Portal.Of<ProviderMetadata>().AtHand.ShouldNotBeNull();
        await using var host = await DoorHost.StartAsync();
        await host.Browser().SignInAsync("auditor");
        host.Sandbox.RotateKeys();

        (await host.Sandbox.SignOutAsync("auditor", Token)).ShouldBe([200]);

        host.Sessions.ShouldHaveSingleItem().EndedBecause.ShouldBe(SessionEnd.EndedByProvider);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_frame_with_the_session_ends_it_without_any_cookie(bool namesIssuer)
    {
        await _host.Browser().SignInAsync("developer");
        var sid = _host.Sessions.ShouldHaveSingleItem().ProviderSession;

        using var answer = await _host.Browser().OpenAsync(
            $"/signout-frontchannel-oidc?sid={sid}{(namesIssuer ? $"&iss={Uri.EscapeDataString(_host.Sandbox.Issuer.ToString())}" : "")}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.Sessions.ShouldHaveSingleItem().EndedBecause.ShouldBe(SessionEnd.EndedByProvider);
    }

    [Fact]
    public async Task Only_the_provider_may_frame_it_and_nobody_learns_which_sessions_there_are()
    {
        await _host.Browser().SignInAsync("developer");
        var sid = _host.Sessions.ShouldHaveSingleItem().ProviderSession;
        List<string> answers = [];
        foreach (var query in new[] { $"?sid={sid}&iss=https://evil.example", "?sid=unknown", "?sid=", "", $"?sid={new string('a', 1000)}", "?sid=%00" })
        {
            answers.Add(await AnswerAsync(query));
        }

        _host.Sessions.ShouldHaveSingleItem().EndedAt.ShouldBeNull("another issuer's session may have the same name");
        answers.Add(await AnswerAsync($"?sid={sid}"));
        _host.Sessions.ShouldHaveSingleItem().EndedAt.ShouldNotBeNull();

        answers.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().ShouldBe(
            $"200 no-store default-src 'none'; frame-ancestors {_host.Sandbox.Issuer.GetLeftPart(UriPartial.Authority)}  ");
    }

    [Fact]
    public async Task No_other_page_may_be_framed()
    {
        using var page = await _host.Browser().OpenAsync("/signed-out");

        page.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task What_is_no_logout_token_ends_nothing()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");

        using var none = await browser.PostAsync("/signout-backchannel-oidc");
        using var text = await browser.PostAsync("/signout-backchannel-oidc", ("logout_token", "hunter2"));
        using var twice = await browser.PostAsync("/signout-backchannel-oidc", ("logout_token", "a"), ("logout_token", "b"));
        using var large = await browser.PostAsync("/signout-backchannel-oidc", ("logout_token", new string('a', 20_000)));
        using var json = await browser.SendAsync(HttpMethod.Post, "/signout-backchannel-oidc", new StringContent("{}", Encoding.UTF8, "application/json"));
        using var read = await browser.OpenAsync("/signout-backchannel-oidc");

        foreach (var answer in new[] { none, text, twice, large, json })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }

        ((int)read.StatusCode).ShouldBeOneOf(404, 405);
        _host.Sessions.ShouldHaveSingleItem().EndedAt.ShouldBeNull();
    }

    private async Task<string> AnswerAsync(string query)
    {
        using var answer = await _host.Browser().OpenAsync("/signout-frontchannel-oidc" + query);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        var frame = answer.Headers.TryGetValues("X-Frame-Options", out var options) ? string.Join(',', options) : "";
        return $"{(int)answer.StatusCode} {answer.Headers.CacheControl} {policy} {frame} {await answer.Content.ReadAsStringAsync(Token)}";
    }
}
