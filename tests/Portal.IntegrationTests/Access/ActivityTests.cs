using System.Net.WebSockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Storage;

namespace Portal.IntegrationTests.Door;

/// <summary>What counts as activity on an open page, said in the words of the circuit's own protocol.</summary>
[Collection(DoorCollection.Name)]
public sealed class ActivityTests(DoorFixture fixture)
{
    private readonly DoorHost _host = fixture.Host.Afresh();

    [Theory]
    [InlineData("OnLocationChanged", true)]
    [InlineData("BeginInvokeDotNetFromJS", true)]
    [InlineData("OnRenderCompleted", false)]
    [InlineData("EndInvokeJSFromDotNet", false)]
    public async Task Only_what_a_person_does_is_activity(string method, bool isActivity)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        var before = await MakeIdleForAsync(TimeSpan.FromMinutes(5));
        using var circuit = await ConnectAsync(browser);
        _host.Sessions.ShouldHaveSingleItem().LastActivityAt.ShouldBe(before, "connecting is the page's own doing");

        await circuit.SendAsync(Invocation(method), WebSocketMessageType.Binary, endOfMessage: true, TestContext.Current.CancellationToken);

        // There is no circuit behind the connection, so that every call ends it, when it was looked at.
        await UntilClosedAsync(circuit);
        (_host.Sessions.ShouldHaveSingleItem().LastActivityAt > before).ShouldBe(isActivity);
    }

    private async Task<DateTimeOffset> MakeIdleForAsync(TimeSpan time)
    {
        var hash = _host.Sessions.ShouldHaveSingleItem().KeyHash;
        var at = DateTimeOffset.UtcNow - time;
        await using var db = _host.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        await db.Set<Session>().Where(row => row.KeyHash == hash).ExecuteUpdateAsync(row => row.SetProperty(session => session.LastActivityAt, at));
        return _host.Sessions.ShouldHaveSingleItem().LastActivityAt;
    }

    private static async Task<ClientWebSocket> ConnectAsync(Browser browser)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        socket.Options.SetRequestHeader("Origin", browser.Portal.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(browser.Portal) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        var handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");
        await socket.SendAsync(handshake, WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var answer = new byte[1024];
        var received = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(answer, 0, received.Count).ShouldBe("{}\u001e");
        return socket;
    }

    private static async Task UntilClosedAsync(ClientWebSocket socket)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, deadline.Token)).MessageType is not WebSocketMessageType.Close)
            {
                // Errors and pings come before the end.
            }
        }
        catch (WebSocketException)
        {
            // An end without good-bye is an end.
        }
    }

    /// <summary>A call in MessagePack, as <see href="https://github.com/dotnet/aspnetcore/blob/v10.0.0/src/SignalR/docs/specs/HubProtocol.md"/> says, with its length before it.</summary>
    private static byte[] Invocation(string method)
    {
        List<byte> message = [0x96, 0x01, 0x80, 0xC0, .. Text(method), .. Arguments(method), 0x90];
        return [.. Length(message.Count), .. message];
    }

    private static byte[] Arguments(string method) => method switch
    {
        "OnLocationChanged" => [0x93, .. Text("http://localhost/changes"), 0xC0, 0xC2],
        "BeginInvokeDotNetFromJS" => [0x95, .. Text("1"), 0xC0, .. Text("DispatchEventAsync"), 0x01, .. Text("[]")],
        "OnRenderCompleted" => [0x92, 0x01, 0xC0],
        _ => [0x93, 0x01, 0xC3, .. Text("[]")],
    };

    private static byte[] Text(string text) => [0xD9, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Length(int length) => length < 0x80 ? [(byte)length] : [(byte)((length & 0x7F) | 0x80), (byte)(length >> 7)];
}
