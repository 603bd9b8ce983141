using System.Net;
using Portal.IntegrationTests.Door;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Web;

/// <summary>Every kind of answer comes with the headers that keep it where it belongs.</summary>
[Collection(DoorCollection.Name)]
public sealed class HeaderTests(DoorFixture fixture)
{
    private static readonly string Connection = $"/clusters/{SandboxClusters.OrdersProd}/pools/any/connection";

    private readonly DoorHost _host = fixture.Host.Afresh();

    /// <summary>What it is, how it is asked for, and how it is answered.</summary>
    public static TheoryData<string, string, string, bool, HttpStatusCode> Answers => new()
    {
        { "a page", "GET", "/", true, HttpStatusCode.OK },
        { "a page for others", "GET", "/admin", true, HttpStatusCode.Redirect },
        { "a page that is not there", "GET", "/no-such-page", true, HttpStatusCode.NotFound },
        { "a page without a circuit", "GET", "/signed-out", false, HttpStatusCode.OK },
        { "the page for errors", "GET", "/error", false, HttpStatusCode.OK },
        { "the way to the sign-in", "GET", "/changes", false, HttpStatusCode.Redirect },
        { "the way to the provider", "GET", "/sign-in", false, HttpStatusCode.Redirect },
        { "a way back that nobody asked for", "GET", "/signin-oidc?code=x", false, HttpStatusCode.Redirect },
        { "a file", "GET", "/pools.csv", true, HttpStatusCode.OK },
        { "a form without its token", "POST", Connection, true, HttpStatusCode.BadRequest },
        { "no session", "POST", Connection, false, HttpStatusCode.Unauthorized },
        { "a method that is not there", "DELETE", Connection, true, HttpStatusCode.MethodNotAllowed },
        { "health", "GET", "/health/live", false, HttpStatusCode.OK },
        { "readiness", "GET", "/health/ready", false, HttpStatusCode.OK },
        { "a report", "POST", "/csp-report", false, HttpStatusCode.BadRequest },
        { "a circuit of another page", "GET", "/_blazor", true, HttpStatusCode.Forbidden },
        { "room for a page", "GET", "/_blazor/room", true, HttpStatusCode.NoContent },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task No_answer_is_without_them(string what, string method, string address, bool isSignedIn, HttpStatusCode status)
    {
        var browser = _host.Browser();
        if (isSignedIn)
        {
            await browser.SignInAsync("developer");
        }

        using var answer = await browser.SendAsync(new HttpMethod(method), address, content: null);

        answer.StatusCode.ShouldBe(status, what);
        ShouldKeep(answer);
        HeaderOf(answer, "Cache-Control").ShouldBe("no-store");
        HeaderOf(answer, "Referrer-Policy").ShouldBe("no-referrer");
        HeaderOf(answer, "X-Frame-Options").ShouldBe("DENY");
        HeaderOf(answer, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        HeaderOf(answer, "Permissions-Policy").ShouldContain("clipboard-read=()");
        HeaderOf(answer, "Reporting-Endpoints").ShouldBe("csp=\"/csp-report\"");
        var policy = HeaderOf(answer, "Content-Security-Policy").Split("; ");
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("object-src 'none'");
        policy.ShouldContain("base-uri 'self'");
        policy.ShouldContain("style-src 'self'");
        policy.Single(directive => directive.StartsWith("script-src ", StringComparison.Ordinal)).ShouldMatch("^script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='$");
    }

    /// <remarks>Pages have no secret whose text is the same twice. A connection has: compressed beside something else, its length could tell of it.</remarks>
    [Theory]
    [InlineData("GET", "/", "br")]
    [InlineData("GET", "/no-such-page", "br")]
    [InlineData("POST", "/connection", null)]
    [InlineData("GET", "/pools.csv", null)]
    [InlineData("GET", "/health/ready", null)]
    public async Task Pages_alone_are_compressed(string method, string address, string? encoding)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");

        using var answer = await browser.SendAsync(new HttpMethod(method), address == "/connection" ? Connection : address, content: null, ("Accept-Encoding", "br, gzip"));

        answer.Content.Headers.ContentEncoding.ShouldBe(encoding is null ? [] : [encoding]);
    }

    [Theory]
    [InlineData("/icon.svg")]
    [InlineData("/_framework/portal.css")]
    [InlineData("/js/boot.js")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task What_a_page_is_made_of_may_be_kept_and_runs_nothing_by_itself(string address)
    {
        using var answer = await _host.Browser().OpenAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldKeep(answer);
        HeaderOf(answer, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        HeaderOf(answer, "Cache-Control").ShouldNotBe("no-store");
    }

    [Fact]
    public async Task Behind_https_browsers_are_told_to_stay_there_and_the_cookies_are_for_this_host_alone()
    {
        await using var host = await DoorHost.StartAsync(settings => settings["Access:PublicUrl"] = "https://pools.example.com");
        var browser = host.Browser();

        using var page = await browser.OpenAsync("/signed-out");
        using var asset = await browser.OpenAsync("/_framework/portal.css");
        using var challenge = await browser.OpenAsync("/sign-in");

        HeaderOf(page, "Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
        HeaderOf(asset, "Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
        HeaderOf(page, "Content-Security-Policy").ShouldContain("; upgrade-insecure-requests;");
        browser.CookieLines.Count.ShouldBe(2);
        browser.CookieLines[0].ShouldMatch("^__Host-pg-af=[^;]+; path=/; secure; samesite=strict; httponly$");
        browser.CookieLines[1].ShouldMatch("^__Host-pg-c[^;]+; expires=[^;]+; path=/; secure; samesite=lax; httponly$");
    }

    private static void ShouldKeep(HttpResponseMessage answer)
    {
        HeaderOf(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        HeaderOf(answer, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        HeaderOf(answer, "Content-Security-Policy").ShouldNotContain("unsafe");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    private static string HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? values.ShouldHaveSingleItem() : "";
}
