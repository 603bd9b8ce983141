using Portal.Connections;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections;

public sealed class TrustedSourcesTests
{
    [Fact]
    public void Without_any_it_is_open_to_everybody()
    {
        TrustedSources.Words([]).ShouldBe("Open to the whole internet.");
        TrustedSources.SeenFromInside("Open to the whole internet.").ShouldBe("There are no trusted sources, so the public address is open to the whole internet.");
        TrustedSources.SeenFromInside("Accepts 203.0.113.7.").ShouldBe("Accepts 203.0.113.7.");
    }

    [Theory]
    [InlineData("Accepts 203.0.113.7", "ip_addr 203.0.113.7")]
    [InlineData("Accepts 1 Droplet", "droplet 1")]
    [InlineData("Accepts 3 Droplets, 203.0.113.7", "droplet 1", "ip_addr 203.0.113.7", "droplet 2", "droplet 3")]
    [InlineData("Accepts Droplets tagged web, 1 Kubernetes cluster, 2 apps of App Platform", "app 1", "k8s 1", "tag web", "app 2")]
    [InlineData("Accepts 2 Kubernetes clusters", "k8s 1", "k8s 2")]
    [InlineData("Accepts 1 app of App Platform, 1 other source", "app 1", "moon 1")]
    [InlineData("Accepts 2 other sources", "moon 1", "moon 2")]
    [InlineData("Accepts a, b, c, d, e, 2 more addresses", "ip_addr a", "ip_addr b", "ip_addr c", "ip_addr d", "ip_addr e", "ip_addr f", "ip_addr g")]
    public void They_are_counted_or_named(string words, params string[] rules) =>
        TrustedSources.Words([.. rules.Select(rule => rule.Split(' ')).Select(parts => new FirewallRule { Type = parts[0], Value = parts[1] })])
            .ShouldBe($"{words}; from anywhere else the connection times out.");
}
