using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>Who comes in, and who does not.</summary>
public sealed class DoorTests(Stage stage) : BrowserTest(stage)
{
    private static readonly string Pool = $"/clusters/{SandboxClusters.PaymentsStaging}/pools/payments-app";

    [Fact]
    public async Task Somebody_without_a_role_ends_at_the_closed_door_and_has_no_session()
    {
        await Page.GotoAsync("/");
        await Page.GetByRole(AriaRole.Button, new() { Name = "outsider", Exact = true }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You have no role in Pool Portal");
        new Uri(Page.Url).AbsolutePath.ShouldBe("/not-allowed");
        (await Page.Context.CookiesAsync()).ShouldNotContain(cookie => cookie.Name == "pg-s");

        await Page.GotoAsync("/");
        await Expect(Page).ToHaveTitleAsync("Sign in to the sandbox");
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/pools/new")]
    [InlineData("GET", "/pools/new?check=true")]
    [InlineData("GET", "/changes")]
    [InlineData("GET", "/changes/1")]
    [InlineData("GET", "/clusters/22222222-2222-4222-8222-222222222222/pools/payments-app")]
    [InlineData("GET", "/clusters/22222222-2222-4222-8222-222222222222/ca-certificate.crt")]
    [InlineData("POST", "/clusters/22222222-2222-4222-8222-222222222222/pools/payments-app/connection")]
    [InlineData("GET", "/not-found")]
    [InlineData("GET", "/no-such-page")]
    [InlineData("GET", "/_blazor")]
    [InlineData("POST", "/_blazor/negotiate")]
    public async Task Nobody_sees_it_without_signing_in(string method, string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Stage.Address) };
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Add("Origin", Stage.Address);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        if (response.StatusCode == HttpStatusCode.Redirect)
        {
            response.Headers.Location!.ToString().ShouldContain("/sign-in?returnUrl=");
        }
        else
        {
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_open_to_everybody_is_this_and_nothing_else()
    {
        var open = Stage.Portal.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        open.ShouldBe(
        [
            // What a page of another version asks for: it leads to a static asset, and reads nothing.
            "/_framework/{**file}",
            "/csp-report", "/error", "/health/live", "/health/ready", "/js/{**file}", "/not-allowed", "/sign-in", "/sign-out", "/signed-out",
            "/signout-backchannel-oidc", "/signout-callback-oidc", "/signout-frontchannel-oidc",
        ]);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/signed-out")]
    [InlineData("/not-allowed")]
    [InlineData("/icon.svg")]
    [InlineData("/_framework/portal.css")]
    [InlineData("/js/boot.js")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task This_is_there_before_anybody_has_signed_in(string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Stage.Address) };

        using var response = await client.GetAsync(address, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_opens_a_page_comes_back_to_it_after_the_sign_in()
    {
        await SignInAsync("developer", Pool);

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("payments-app");
    }

    [Fact]
    public async Task The_cookies_are_for_this_host_alone_and_out_of_reach_of_scripts()
    {
        await SignInAsync("developer");

        var cookies = await Page.Context.CookiesAsync([Stage.Address]);
        var session = cookies.Single(cookie => cookie.Name == "pg-s");
        session.HttpOnly.ShouldBeTrue();
        session.SameSite.ShouldBe(SameSiteAttribute.Lax);
        session.Path.ShouldBe("/");
        session.Domain.ShouldBe("localhost");
        var form = cookies.Single(cookie => cookie.Name == "pg-af");
        form.HttpOnly.ShouldBeTrue();
        form.SameSite.ShouldBe(SameSiteAttribute.Strict);
        (await Page.EvaluateAsync<string>("document.cookie")).ShouldBeEmpty();
        cookies.Select(cookie => cookie.Name).Order(StringComparer.Ordinal).ShouldBe(["pg-af", "pg-s"]);
    }

    [Fact]
    public async Task A_page_comes_with_the_headers_that_keep_it_where_it_belongs()
    {
        await SignInAsync("developer");

        var response = (await Page.GotoAsync("/changes"))!;
        var headers = await response.AllHeadersAsync();

        var policy = headers["content-security-policy"];
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldMatch("script-src 'self' 'nonce-[A-Za-z0-9+/=_-]{20,}'(;|$)");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain($"form-action 'self' {new Uri(Stage.Sandbox.Issuer.ToString()).GetLeftPart(UriPartial.Authority)}");
        policy.ShouldNotContain("unsafe");
        headers["x-content-type-options"].ShouldBe("nosniff");
        headers["cache-control"].ShouldBe("no-store");
        headers["referrer-policy"].ShouldBe("no-referrer");
        headers["permissions-policy"].ShouldContain("clipboard-read=()");
        headers.Keys.ShouldNotContain("server");
        headers.Keys.ShouldNotContain("x-powered-by");

        var again = await (await Page.GotoAsync("/changes"))!.AllHeadersAsync();
        again["content-security-policy"].ShouldNotBe(policy, "the nonce is used once");
    }
}
