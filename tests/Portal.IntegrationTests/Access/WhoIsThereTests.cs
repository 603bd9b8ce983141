using System.Globalization;
using System.Text.Json;
using Portal.Audit;
using static Portal.IntegrationTests.Door.Browser;

namespace Portal.IntegrationTests.Door;

/// <summary>From which address somebody comes: who is asked about it, and who is believed.</summary>
public sealed class WhoIsThereTests
{
    private const string Somebody = "203.0.113.7";

    [Fact]
    public async Task Without_a_named_proxy_the_header_counts_for_nothing_whatever_the_environment_says()
    {
        await using var host = await StartAsync([], ("ForwardedHeaders_Enabled", "true"));

        (await FromAsync(host, Somebody)).ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_stranger_is_not_believed()
    {
        await using var host = await StartAsync(["10.0.0.0/8", "::1"]);

        (await FromAsync(host, Somebody)).ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_named_proxy_is_believed_and_nothing_that_came_before_it()
    {
        await using var host = await StartAsync(["127.0.0.0/8"]);

        (await FromAsync(host, header: null)).ShouldBe("127.0.0.1");
        (await FromAsync(host, Somebody)).ShouldBe(Somebody);
        (await FromAsync(host, $"198.51.100.1, {Somebody}")).ShouldBe(Somebody);
        (await FromAsync(host, $"198.51.100.1, garbage, {Somebody}")).ShouldBe(Somebody);
        (await FromAsync(host, $"{Somebody}, 127.0.0.9")).ShouldBe("127.0.0.9", "one is named, so one is passed");
        (await FromAsync(host, $"{Somebody}:4711")).ShouldBe(Somebody);
        (await FromAsync(host, "2001:db8::7")).ShouldBe("2001:db8::7");
        (await FromAsync(host, "[2001:db8::7]:4711")).ShouldBe("2001:db8::7");
        (await FromAsync(host, $"::ffff:{Somebody}")).ShouldBe(Somebody);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("203.0.113.7, garbage")]
    [InlineData("203.0.113.7.")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("<script>alert(1)</script>")]
    public async Task What_is_no_address_leaves_that_of_the_proxy(string header)
    {
        await using var host = await StartAsync(["127.0.0.1"]);

        (await FromAsync(host, header)).ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_chain_of_two_is_passed_when_both_are_named()
    {
        await using var host = await StartAsync(["127.0.0.1", "10.0.0.7"]);

        (await FromAsync(host, $"{Somebody}, 10.0.0.7")).ShouldBe(Somebody);
        (await FromAsync(host, $"198.51.100.1, {Somebody}, 10.0.0.7")).ShouldBe(Somebody);
        (await FromAsync(host, $"{Somebody}, 10.0.0.8")).ShouldBe("10.0.0.8");
        (await FromAsync(host, $"198.51.100.1, 10.0.0.7, 10.0.0.7")).ShouldBe("10.0.0.7");
        (await FromAsync(host, "10.0.0.7")).ShouldBe("10.0.0.7");
    }

    [Fact]
    public async Task A_sign_in_is_recorded_with_it_and_its_lists_show_it()
    {
        await using var host = await StartAsync(["127.0.0.1"]);
        var browser = host.Browser();
        var back = await browser.AskProviderAsync("admin");
        using (await SendAsync(browser, back, Somebody))
        {
        }

        host.Sessions.ShouldHaveSingleItem().SignedInFrom.ShouldBe(Somebody);
        FromOf(host.Record.Single(row => row.Action == AuditAction.SignedIn)).ShouldBe(Somebody);
        foreach (var page in new[] { "/sign-ins", "/admin" })
        {
            using var answer = await browser.OpenAsync(page);
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"from {Somebody}");
        }
    }

    [Fact]
    public async Task Scheme_host_and_path_are_taken_from_nobody()
    {
        await using var host = await StartAsync(["127.0.0.1"]);
        var browser = host.Browser();

        using var challenge = await browser.SendAsync(
            HttpMethod.Get, "/sign-in", content: null,
            ("X-Forwarded-For", Somebody), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "host=evil.example;proto=https"));

        LocationOf(challenge).ShouldContain(Uri.EscapeDataString($"http://localhost:{browser.Portal.Port.ToString(CultureInfo.InvariantCulture)}/signin-oidc"));
    }

    private static Task<DoorHost> StartAsync(string[] proxies, params (string Key, string Value)[] others) => DoorHost.StartAsync(settings =>
    {
        // One address, so that it is known from where a test comes.
        settings["urls"] = settings["urls"].Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        foreach (var (index, proxy) in proxies.Index())
        {
            settings[$"Access:Proxies:{index}"] = proxy;
        }

        foreach (var (key, value) in others)
        {
            settings[key] = value;
        }
    });

    /// <summary>What the record has of somebody who comes with this header, by a sign-in that is refused.</summary>
    private static async Task<string?> FromAsync(DoorHost host, string? header)
    {
        host.Afresh();
        using var answer = await SendAsync(host.Browser(), "/signin-oidc?code=x", header);
        LocationOf(answer).ShouldStartWith("/signed-out?reason=");
        return FromOf(host.Record.ShouldHaveSingleItem());
    }

    private static Task<HttpResponseMessage> SendAsync(Browser browser, string address, string? header) =>
        browser.SendAsync(HttpMethod.Get, address, content: null, header is null ? [] : [("X-Forwarded-For", header)]);

    private static string? FromOf(AuditRow row) => JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)!.GetValueOrDefault("from");
}
