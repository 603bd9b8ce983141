using System.Net;
using System.Net.WebSockets;
using Portal.IntegrationTests.Door;

namespace Portal.IntegrationTests.Web;

/// <summary>Who may open the WebSocket of a page: browsers let any page try, with the cookies of the person who looks at it.</summary>
[Collection(DoorCollection.Name)]
public sealed class OriginTests(DoorFixture fixture)
{
    private readonly DoorHost _host = fixture.Host.Afresh();

    [Theory]
    [InlineData("http://localhost:{port}", HttpStatusCode.SwitchingProtocols)]
    [InlineData("HTTP://LOCALHOST:{port}", HttpStatusCode.SwitchingProtocols)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:{port}", HttpStatusCode.Forbidden)]
    [InlineData("https://localhost:{port}", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost.evil.example:{port}", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:{port} http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:{port}, http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://evil.example@localhost:{port}", HttpStatusCode.Forbidden)]
    [InlineData("file://localhost:{port}", HttpStatusCode.Forbidden)]
    public async Task Only_a_page_of_the_portal_opens_one(string? origin, HttpStatusCode expected)
    {
        var browser = await SignedInAsync();

        var (socket, status) = await Circuits.ConnectAsync(browser.Portal, Circuits.CookiesOf(browser), Named(origin));

        using (socket)
        {
            status.ShouldBe(expected);
            (socket.State is WebSocketState.Open).ShouldBe(expected is HttpStatusCode.SwitchingProtocols);
        }
    }

    [Theory]
    [InlineData("/_blazor/disconnect")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/_BLAZOR/disconnect")]
    public async Task What_stands_beside_the_socket_is_closed_to_other_pages_as_well(string address)
    {
        var browser = await SignedInAsync();
        foreach (var origin in new[] { "null", "https://evil.example", "https://localhost:{port}", "http://localhost:1" })
        {
            using var answer = await browser.SendAsync(HttpMethod.Post, address, new StringContent(""), ("Origin", Named(origin)!));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, origin);
        }
    }

    [Fact]
    public async Task Nobody_opens_one_without_signing_in()
    {
        var browser = _host.Browser();

        var (socket, status) = await Circuits.ConnectAsync(browser.Portal, "pg-s=nothing", Circuits.OriginOf(browser.Portal));

        socket.Dispose();
        status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_goes_over_it_is_not_compressed()
    {
        var browser = await SignedInAsync();

        var (socket, status) = await Circuits.ConnectAsync(browser.Portal, Circuits.CookiesOf(browser), Circuits.OriginOf(browser.Portal));

        using (socket)
        {
            status.ShouldBe(HttpStatusCode.SwitchingProtocols);
            socket.HttpResponseHeaders!.Keys.ShouldNotContain(name => name.Equals("Sec-WebSocket-Extensions", StringComparison.OrdinalIgnoreCase));
        }
    }

    private string? Named(string? origin) => origin?.Replace("{port}", $"{_host.Portal.Address.Port}", StringComparison.Ordinal);

    private async Task<Browser> SignedInAsync()
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        return browser;
    }
}
