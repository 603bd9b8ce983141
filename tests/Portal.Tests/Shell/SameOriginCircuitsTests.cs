using Microsoft.AspNetCore.Http;
using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class SameOriginCircuitsTests
{
    [Theory]
    [InlineData("http://localhost:5080", "http", "localhost:5080")]
    [InlineData("https://pools.example.com", "https", "pools.example.com")]
    [InlineData("https://POOLS.example.com", "https", "pools.example.com")]
    [InlineData("https://pools.example.com", "https", "pools.example.com:443")]
    [InlineData("http://[::1]:5080", "http", "[::1]:5080")]
    public void A_page_of_the_portal_may_open_a_circuit(string origin, string scheme, string host) =>
        SameOriginCircuits.IsAllowed(origin, scheme, new HostString(host), needsOrigin: true).ShouldBeTrue();

    [Theory]
    [InlineData("https://evil.example", "https", "pools.example.com")]
    [InlineData("https://pools.example.com.evil.example", "https", "pools.example.com")]
    [InlineData("https://pools.example.com:8443", "https", "pools.example.com")]
    [InlineData("http://localhost:5081", "http", "localhost:5080")]
    [InlineData("http://127.0.0.1:5080", "http", "localhost:5080")]
    [InlineData("http://pools.example.com", "https", "pools.example.com")]
    [InlineData("https://localhost:5080", "http", "localhost:5080")]
    [InlineData("null", "https", "pools.example.com")]
    [InlineData("file:///etc/passwd", "https", "pools.example.com")]
    [InlineData("", "https", "pools.example.com")]
    public void A_page_of_anybody_else_may_not(string origin, string scheme, string host) =>
        SameOriginCircuits.IsAllowed(origin, scheme, new HostString(host), needsOrigin: true).ShouldBeFalse();

    [Fact]
    public void What_the_page_fetches_beside_the_circuit_may_come_without_an_origin() =>
        SameOriginCircuits.IsAllowed("", "https", new HostString("pools.example.com"), needsOrigin: false).ShouldBeTrue();
}
