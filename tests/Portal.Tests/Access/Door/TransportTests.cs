using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Tests.Access.Door;

public sealed class TransportTests
{
    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.3.2.1:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://localhost:5080", "http://127.0.0.1:5081")]
    public void Plain_http_on_loopback_has_plain_cookies(params string[] addresses)
    {
        var transport = Listening(addresses);

        transport.IsHttps.ShouldBeFalse();
        transport.WhyNot(addresses).ShouldBeNull();
    }

    [Theory]
    [InlineData("https://*:8443")]
    [InlineData("HTTPS://pools.example.com")]
    [InlineData("https://localhost:5443")]
    public void Https_has_the_cookies_of_https(string address)
    {
        var transport = Listening(address);

        transport.IsHttps.ShouldBeTrue();
        transport.WhyNot([address]).ShouldBeNull();
    }

    [Theory]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.2:5080")]
    [InlineData("http://pools.example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("http://unix:/run/portal.sock")]
    public void Plain_http_anywhere_else_stops_the_start(string address) =>
        Listening(address).WhyNot([address]).ShouldBe($"The portal must not listen on {address}: plain http is for loopback only. Listen on https, or set Access:PublicUrl to the https address of the proxy before it.");

    [Fact]
    public void Both_kinds_at_once_stop_the_start() =>
        Listening("http://localhost:5080", "https://localhost:5443").WhyNot(["http://localhost:5080", "https://localhost:5443"])!.ShouldContain("set Access:PublicUrl");

    [Fact]
    public void An_address_that_code_adds_is_looked_at_too() =>
        Listening("https://localhost:5443").WhyNot(["https://localhost:5443", "http://0.0.0.0:80"]).ShouldNotBeNull();

    [Fact]
    public void Without_settings_Kestrel_listens_in_plain_http_on_loopback() => Listening().IsHttps.ShouldBeFalse();

    [Fact]
    public void Behind_a_proxy_with_https_the_addresses_are_not_questioned()
    {
        var transport = new Transport(Settings(("urls", "http://*:8080")), Options.Create(new AccessOptions { PublicUrl = "https://pools.example.com" }));

        transport.IsHttps.ShouldBeTrue();
        transport.WhyNot(["http://[::]:8080"]).ShouldBeNull();
    }

    [Fact]
    public void Behind_a_published_port_of_this_machine_the_addresses_are_not_questioned()
    {
        var transport = new Transport(Settings(("urls", "http://*:8080")), Options.Create(new AccessOptions { PublicUrl = "http://localhost:5080" }));

        transport.IsHttps.ShouldBeFalse();
        transport.WhyNot(["http://[::]:8080"]).ShouldBeNull();
    }

    [Fact]
    public void Addresses_are_read_from_wherever_the_server_reads_them()
    {
        Transport.Configured(Settings(("http_ports", "8080;8081"), ("https_ports", "8443"))).ShouldBe(["http://*:8080", "http://*:8081", "https://*:8443"]);
        Transport.Configured(Settings(("urls", "http://localhost:1; https://localhost:2"), ("http_ports", "8080"))).ShouldBe(["http://localhost:1", "https://localhost:2"]);
        Transport.Configured(Settings(("Kestrel:Endpoints:Main:Url", "https://*:3"), ("urls", "http://localhost:1"))).ShouldBe(["https://*:3"]);
    }

    private static Transport Listening(params string[] addresses) =>
        new(addresses.Length == 0 ? Settings() : Settings(("urls", string.Join(';', addresses))), Options.Create(new AccessOptions()));

    private static IConfiguration Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
