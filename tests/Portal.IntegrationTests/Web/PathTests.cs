using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Portal.IntegrationTests.Door;
using Portal.Sandbox;
using static Portal.IntegrationTests.Door.Browser;

namespace Portal.IntegrationTests.Web;

/// <summary>A portal below a path of its host, with a proxy that passes the path and with one that takes it off.</summary>
public sealed partial class PathTests : IAsyncLifetime
{
    private const string Path = "/tools/pools";

    private DoorHost _host = null!;

    /// <summary>What each proxy takes off.</summary>
    public static TheoryData<string> Proxies => ["", Path];

    public async ValueTask InitializeAsync() => _host = await DoorHost.StartAsync(path: Path);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task The_way_in_leads_back_to_the_page_and_the_way_out_ends_at_the_portal(string takenOff)
    {
        var browser = _host.Browser(takenOff);

        using var closed = await browser.OpenAsync($"{Path}/pools/new?again=1");
        LocationOf(closed).ShouldBe($"{Path}/sign-in?returnUrl=%2Fpools%2Fnew%3Fagain%3D1");
        using var challenge = await browser.OpenAsync(LocationOf(closed));
        Asked(challenge)["redirect_uri"].ShouldBe([$"{browser.Portal.GetLeftPart(UriPartial.Authority)}{Path}/signin-oidc"]);
        using var chosen = await browser.PostAsync(LocationOf(challenge), ("account", "developer"));
        using var back = await browser.OpenAsync(LocationOf(chosen));
        LocationOf(back).ShouldBe($"{Path}/pools/new?again=1");
        using var again = await browser.OpenAsync($"{Path}/sign-in?returnUrl=%2Fchanges");
        LocationOf(again).ShouldBe($"{Path}/changes");

        using var leaving = await browser.PostAsync($"{Path}/sign-out", ("__RequestVerificationToken", await browser.FormTokenAsync($"{Path}/")));
        Asked(leaving)["post_logout_redirect_uri"].ShouldBe([$"{browser.Portal.GetLeftPart(UriPartial.Authority)}{Path}/signout-callback-oidc"]);
        using var provider = await browser.OpenAsync(LocationOf(leaving));
        using var returned = await browser.OpenAsync(LocationOf(provider));
        LocationOf(returned).ShouldBe($"{Path}/signed-out");
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task A_refused_sign_in_and_a_closed_door_are_below_it_too(string takenOff)
    {
        var browser = _host.Browser(takenOff);

        (await browser.SignInAsync("outsider", $"{Path}/")).ShouldBe($"{Path}/not-allowed?reason=no-role");
        using var lost = await browser.OpenAsync($"{Path}/signin-oidc?code=x");
        LocationOf(lost).ShouldStartWith($"{Path}/signed-out?reason=");
        await browser.SignInAsync("developer", $"{Path}/");
        using var door = await browser.OpenAsync($"{Path}/admin");
        LocationOf(door).ShouldBe($"{Path}/not-allowed?returnUrl=%2Fadmin");
        using var words = await browser.OpenAsync(LocationOf(door));
        (await words.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Admin can be opened by: admin, auditor.");
        using var anonymous = await _host.Browser(takenOff).OpenAsync($"{Path}/signed-out?reason=ended&returnUrl=%2Fpools%2Fnew");
        (await anonymous.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("href=\"sign-in?returnUrl=%2Fpools%2Fnew\"");
        using var open = await browser.OpenAsync($"{Path}/signed-out?reason=ended&returnUrl=%2Fpools%2Fnew");
        new Uri(browser.Portal, LocationOf(open)).AbsolutePath.ShouldBe($"{Path}/pools/new");
    }

    [Theory]
    [InlineData("/../wiki")]
    [InlineData("/%2e%2e/%2e%2e/wiki")]
    [InlineData("/javascript:alert(1)/..")]
    public async Task Nothing_leads_out_of_it(string address)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer", $"{Path}/");

        using var inside = await browser.OpenAsync($"{Path}/sign-in?returnUrl={Uri.EscapeDataString(address)}");

        LocationOf(inside).ShouldBe($"{Path}/");
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task Every_address_in_every_page_is_below_it(string takenOff)
    {
        var developer = _host.Browser(takenOff);
        await developer.SignInAsync("lead", $"{Path}/");
        var admin = _host.Browser(takenOff);
        await admin.SignInAsync("admin", $"{Path}/");
        var cluster = $"/clusters/{SandboxClusters.OrdersProd}";

        foreach (var (browser, page) in new[]
        {
            (developer, "/"), (developer, "/pools/new"), (developer, cluster), (developer, $"{cluster}/pools/any"), (developer, "/changes"), (developer, "/changes/1"),
            (developer, "/reviews"), (developer, "/look-after"), (developer, "/diagnose"), (developer, "/sign-ins"), (developer, "/no-such-page"),
            (admin, "/audit"), (admin, "/admin"), (admin, "/error"), (admin, "/not-allowed"), (_host.Browser(takenOff), "/signed-out?reason=lost"),
        })
        {
            using var answer = await browser.OpenAsync(Path + page);
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            html.ShouldContain($"<base href=\"{Path}/\"", customMessage: $"{page}: {(int)answer.StatusCode}");
            FromTheTop().Matches(html).Select(address => address.Groups["address"].Value).ShouldAllBe(address => address.StartsWith($"{Path}/"), page);
            answer.Headers.GetValues("Reporting-Endpoints").ShouldBe([$"csp=\"{Path}/csp-report\""]);
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain($"report-uri {Path}/csp-report;");
        }
    }

    [Theory]
    [MemberData(nameof(Proxies))]
    public async Task What_a_page_fetches_is_there(string takenOff)
    {
        var browser = _host.Browser(takenOff);
        await browser.SignInAsync("developer", $"{Path}/");
        using var page = await browser.OpenAsync($"{Path}/");
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var assets = Asset().Matches(html).Select(asset => asset.Groups["address"].Value).ToList();
        assets.Count.ShouldBeGreaterThan(6);
        foreach (var address in assets.Concat(["pools.csv", $"clusters/{SandboxClusters.OrdersProd}/ca-certificate.crt", "health/ready", "_blazor/initializers"]))
        {
            using var answer = await browser.OpenAsync($"{Path}/{address}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }

        using var report = await browser.SendAsync(HttpMethod.Post, $"{Path}/csp-report", new StringContent("{}", System.Text.Encoding.UTF8, "application/csp-report"));
        report.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var (socket, status) = await Circuits.ConnectAsync(browser.Portal, Circuits.CookiesOf(browser), Circuits.OriginOf(browser.Portal), takenOff.Length > 0 ? "/_blazor" : $"{Path}/_blazor");
        socket.Dispose();
        status.ShouldBe(HttpStatusCode.SwitchingProtocols);
    }

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData($"{Path}/health/live", HttpStatusCode.OK)]
    [InlineData(Path, HttpStatusCode.OK)]
    [InlineData("/Tools/Pools/", HttpStatusCode.NotFound)]
    [InlineData($"{Path}er/", HttpStatusCode.NotFound)]
    [InlineData($"{Path}{Path}/", HttpStatusCode.NotFound)]
    public async Task Probes_need_no_path_and_another_path_is_not_the_portals(string address, HttpStatusCode status)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer", $"{Path}/");

        using var answer = await browser.OpenAsync(address);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_path_that_is_the_beginning_of_an_address_of_the_portal_is_told_from_it()
    {
        await using var host = await DoorHost.StartAsync(path: "/pools");
        foreach (var takenOff in new[] { "", "/pools" })
        {
            var browser = host.Browser(takenOff);
            await browser.SignInAsync("developer", "/pools/");
            using var form = await browser.OpenAsync("/pools/pools/new");
            (await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<title>New pool");
        }
    }

    [Theory]
    [InlineData("/audit")]
    [InlineData("/Changes")]
    [InlineData("/health/live")]
    public async Task A_path_that_is_itself_an_address_of_the_portal_stops_the_start(string path)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => DoorHost.StartAsync(path: path));

        failure.Message.ShouldBe($"Access:PublicUrl must not have the path {path}, because the portal has a page there itself. Choose another one.");
    }

    private static Dictionary<string, Microsoft.Extensions.Primitives.StringValues> Asked(HttpResponseMessage response) =>
        QueryHelpers.ParseQuery(new Uri(LocationOf(response)).Query);

    [GeneratedRegex("\\s(?:href|src|action|formaction|data-endpoint|poster)=\"(?<address>/[^\"]*)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FromTheTop();

    [GeneratedRegex("<(?:link|script)[^>]*\\s(?:href|src)=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Asset();
}
