using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Portal.IntegrationTests.Run;

/// <summary>deploy/nginx, before two servers that say who they are and what reached them.</summary>
public sealed class NginxTests
{
    [Fact]
    public async Task A_browser_keeps_to_one_portal_and_goes_to_the_other_when_that_is_gone()
    {
        await using var one = await ReplicaAsync("one");
        await using var two = await ReplicaAsync("two");
        await using var nginx = await Nginx.StartAsync(AddressOf(one), AddressOf(two));
        using var browser = nginx.Browser(out var cookies);

        var first = await TextAsync(browser, "/");
        for (var time = 0; time < 8; time++)
        {
            (await TextAsync(browser, "/")).ShouldBe(first);
        }

        var cookie = cookies.GetCookies(nginx.Address).ShouldHaveSingleItem();
        cookie.Name.ShouldBe("pool_portal_replica");
        cookie.Secure.ShouldBeTrue();
        cookie.HttpOnly.ShouldBeTrue();

        await (first == "one" ? one : two).StopAsync(TestContext.Current.CancellationToken);
        (await TextAsync(browser, "/")).ShouldBe(first == "one" ? "two" : "one");
    }

    [Fact]
    public async Task Browsers_are_spread_over_the_portals()
    {
        await using var one = await ReplicaAsync("one");
        await using var two = await ReplicaAsync("two");
        await using var nginx = await Nginx.StartAsync(AddressOf(one), AddressOf(two));

        // Forty that are all sent to one of two by chance: once in 10^12.
        HashSet<string> met = [];
        for (var number = 0; number < 40; number++)
        {
            using var browser = nginx.Browser(out _);
            met.Add(await TextAsync(browser, "/"));
        }

        met.ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_page_speaks_through_it_by_web_socket()
    {
        await using var one = await ReplicaAsync("one");
        await using var nginx = await Nginx.StartAsync(AddressOf(one));
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = nginx.IsOurs;

        await socket.ConnectAsync(new UriBuilder(nginx.Address) { Scheme = "wss", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        var buffer = new byte[16];
        var answer = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(buffer, 0, answer.Count).ShouldBe("hello");
    }

    [Fact]
    public async Task What_a_browser_claims_about_where_it_comes_from_does_not_reach_the_portal()
    {
        await using var one = await ReplicaAsync("one");
        await using var nginx = await Nginx.StartAsync(AddressOf(one));
        using var browser = nginx.Browser(out _);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/headers");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Add("X-Forwarded-Proto", "gopher");
        request.Headers.Add("X-Forwarded-Prefix", "/evil");
        request.Headers.Add("Forwarded", "for=203.0.113.9");

        using var answer = await browser.SendAsync(request, TestContext.Current.CancellationToken);

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("X-Forwarded-For=127.0.0.1 X-Forwarded-Host=localhost X-Forwarded-Proto=https X-Forwarded-Prefix= Forwarded=");
    }

    [Fact]
    public async Task Plain_http_is_sent_to_https()
    {
        await using var one = await ReplicaAsync("one");
        await using var nginx = await Nginx.StartAsync(AddressOf(one));
        using var browser = nginx.Browser(out _);

        using var answer = await browser.GetAsync(new Uri(nginx.PlainAddress, "/pools/new?a=b"), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        answer.Headers.Location.ShouldBe(new Uri("https://localhost/pools/new?a=b"));
    }

    private static async Task<string> TextAsync(HttpClient browser, string path) => await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static Uri AddressOf(WebApplication replica) => new(replica.Urls.ShouldHaveSingleItem());

    private static async Task<WebApplication> ReplicaAsync(string name)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(context => (context.Request.Path.Value, context.WebSockets.IsWebSocketRequest) switch
        {
            ("/_blazor", true) => EchoAsync(context),
            ("/headers", _) => context.Response.WriteAsync(string.Join(' ', new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded" }
                .Select(header => $"{header}={context.Request.Headers[header]}"))),
            _ => context.Response.WriteAsync(name),
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[16];
        var said = await socket.ReceiveAsync(buffer, context.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, said.Count), said.MessageType, said.EndOfMessage, context.RequestAborted);
    }
}
