using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class ContentSecurityPolicyTests
{
    [Fact]
    public void Over_https_the_policy_is_this_and_nothing_else() =>
        ContentSecurityPolicy.ForPages("bm9uY2U=", "https://login.example.com", isHttps: true, "/csp-report").ShouldBe(
            "default-src 'none'; base-uri 'self'; script-src 'self' 'nonce-bm9uY2U='; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; form-action 'self' https://login.example.com; frame-ancestors 'none'; object-src 'none'; "
            + "upgrade-insecure-requests; report-uri /csp-report; report-to csp");

    [Fact]
    public void Over_http_on_loopback_nothing_is_upgraded() =>
        ContentSecurityPolicy.ForPages("n", null, isHttps: false, "/csp-report").ShouldNotContain("upgrade-insecure-requests");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    public void Forms_go_nowhere_else_when_the_provider_has_no_usable_address(string? origin) =>
        ContentSecurityPolicy.ForPages("n", origin, isHttps: true, "/csp-report").ShouldContain("form-action 'self';");

    [Theory]
    [InlineData("https://login.example.com/tenant/logout?x=1; script-src *", "form-action 'self' https://login.example.com;")]
    [InlineData("http://[::1]:5081/oidc/end", "form-action 'self' http://[::1]:5081;")]
    [InlineData("http://localhost:5081/oidc/end", "form-action 'self' http://localhost:5081;")]
    [InlineData("https://anmeldung.müller.example/", "form-action 'self' https://anmeldung.xn--mller-kva.example;")]
    [InlineData("https://user:secret@login.example.com/", "form-action 'self' https://login.example.com;")]
    public void Of_an_address_only_its_origin_gets_into_the_policy(string address, string expected)
    {
        var policy = ContentSecurityPolicy.ForPages("n", address, isHttps: true, "/csp-report");

        policy.ShouldContain(expected);
        policy.ShouldNotContain("script-src *");
        policy.ShouldNotContain("secret");
    }

    [Fact]
    public void Nothing_inline_and_nothing_evaluated_is_ever_allowed()
    {
        var policy = ContentSecurityPolicy.ForPages("n", "https://login.example.com", isHttps: true, "/csp-report");

        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("*");
    }

    [Fact]
    public void A_nonce_has_128_bits_and_no_two_requests_share_it()
    {
        var (one, other) = (new ScriptNonce().Value, new ScriptNonce().Value);

        Convert.FromBase64String(one).Length.ShouldBe(16);
        one.ShouldNotBe(other);
    }
}
