using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Tests.Access;

public sealed class AccessOptionsTests
{
    [Fact]
    public void Without_settings_a_session_ends_after_15_idle_minutes_and_after_8_hours()
    {
        var options = Read();

        options.Idle.ShouldBe(TimeSpan.FromMinutes(15));
        options.Longest.ShouldBe(TimeSpan.FromHours(8));
        options.StepUp.Clusters.ShouldBeEmpty();
        options.StepUp.For.ShouldBe(TimeSpan.FromMinutes(15));
        options.PublicUrl.ShouldBeNull();
        options.PublicAddress.ShouldBeNull();
        options.PathBase.Value.ShouldBeNullOrEmpty();
        options.Proxies.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0:01:00")]
    [InlineData("1:00:00")]
    public void Idle_may_be_at_its_bounds(string idle) => Read(("Access:Idle", idle)).Idle.ShouldBe(TimeSpan.Parse(idle, null));

    [Theory]
    [InlineData("0:00:59")]
    [InlineData("1:00:01")]
    public void Idle_may_not_be_beyond_its_bounds(string idle) =>
        Refusal(("Access:Idle", idle)).ShouldBe("Access:Idle must be from 0:01:00 to 1:00:00.");

    [Theory]
    [InlineData("0:05:00", "0:05:00")]
    [InlineData("12:00:00", "0:15:00")]
    public void Longest_may_be_at_its_bounds(string longest, string idle) =>
        Read(("Access:Longest", longest), ("Access:Idle", idle)).Longest.ShouldBe(TimeSpan.Parse(longest, null));

    [Theory]
    [InlineData("0:04:59", "0:01:00")]
    [InlineData("12:00:01", "0:15:00")]
    [InlineData("0:14:59", "0:15:00")]
    public void Longest_may_not_be_beyond_its_bounds_or_below_idle(string longest, string idle) =>
        Refusal(("Access:Longest", longest), ("Access:Idle", idle)).ShouldBe("Access:Longest must be from 0:05:00 to 12:00:00 and not below Access:Idle.");

    [Theory]
    [InlineData("https://pools.example.com")]
    [InlineData("https://pools.example.com:8443/")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080")]
    public void People_may_find_the_portal_at(string address) => Read(("Access:PublicUrl", address)).PublicAddress.ShouldBe(new Uri(address));

    [Theory]
    [InlineData("http://pools.example.com")]
    [InlineData("https://pools.example.com/a//b")]
    [InlineData("https://pools.example.com/a/../b")]
    [InlineData("https://pools.example.com/.")]
    [InlineData("https://pools.example.com/p%6Fols")]
    [InlineData("https://pools.example.com/a b")]
    [InlineData("https://pools.example.com/a;b")]
    [InlineData("https://pools.example.com/pools?x=1")]
    [InlineData("https://pools.example.com/pools#x")]
    [InlineData("https://pools.example.com/\\evil")]
    [InlineData("https:/pools.example.com")]
    [InlineData("https://somebody@pools.example.com")]
    [InlineData("https://pools.example.com?x=1")]
    [InlineData("pools.example.com")]
    public void People_may_not_find_the_portal_at(string address) =>
        Refusal(("Access:PublicUrl", address)).ShouldBe(
            "Access:PublicUrl must be an https address, for example https://pools.example.com or https://tools.example.com/pools: "
            + "in its path letters, digits, '-', '.', '_' and '~', and nothing behind it. Plain http is taken for a loopback host only.");

    [Theory]
    [InlineData("https://tools.example.com/pools", "/pools")]
    [InlineData("https://tools.example.com/tools/pools/", "/tools/pools")]
    [InlineData("https://tools.example.com/~eu/p.o-o_ls", "/~eu/p.o-o_ls")]
    public void The_portal_may_lie_below_a_path(string address, string path)
    {
        var options = Read(("Access:PublicUrl", address));

        options.PathBase.Value.ShouldBe(path);
        options.PublicAddress.ShouldBe(new Uri($"https://tools.example.com{path}/"));
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("10.0.0.0/8")]
    [InlineData("::1")]
    [InlineData("2001:db8::/32")]
    public void A_proxy_may_be(string proxy) => Read(("Access:Proxies:0", proxy)).Proxies.ShouldBe([proxy]);

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.1")]
    [InlineData("10.0.0.7:80")]
    [InlineData("10.0.0.7/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("proxy.example.com")]
    [InlineData("*")]
    public void A_proxy_may_not_be(string proxy) => Refusal(("Access:Proxies:0", proxy)).ShouldBe(
        $"Access:Proxies has '{proxy}'. It must be an address, or a network that begins with its first one, for example 10.0.0.7 or 10.0.0.0/8.");

    [Theory]
    [InlineData("0:01:00")]
    [InlineData("12:00:00")]
    public void A_proof_may_hold_for(string time) => Read(("Access:StepUp:For", time)).StepUp.For.ShouldBe(TimeSpan.Parse(time, null));

    [Theory]
    [InlineData("0:00:59")]
    [InlineData("12:00:01")]
    public void A_proof_may_not_hold_for(string time) => Refusal(("Access:StepUp:For", time)).ShouldBe("Access:StepUp:For must be from 0:01:00 to 12:00:00.");

    [Theory]
    [InlineData("")]
    [InlineData("tag:")]
    [InlineData("tag:prod*")]
    [InlineData("orders prod")]
    public void A_cluster_that_asks_for_a_proof_may_not_be(string pattern) => Refusal(("Access:StepUp:Clusters:0", pattern)).ShouldBe(
        $"Access:StepUp:Clusters has '{pattern}'. It must be a name pattern (letters, digits, '-', '_', '.' and '*'), an id, or tag:NAME without '*'.");

    [Fact]
    public void Clusters_that_ask_for_a_proof_are_named_one_by_one() =>
        Read(("Access:StepUp:Clusters:0", "orders-*"), ("Access:StepUp:Clusters:1", "tag:production")).StepUp.Clusters.ShouldBe(["orders-*", "tag:production"]);

    [Fact]
    public void An_unknown_key_stops_the_start_and_is_named() =>
        Should.Throw<OptionsValidationException>(() => Read(("Access:Idel", "0:15:00"))).Message.ShouldContain("Access:Idel is no setting.");

    private static AccessOptions Read(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Read<AccessOptions>(services => services.AddAccess(), settings);

    private static string Refusal(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Refusal<AccessOptions>(services => services.AddAccess(), settings);
}
