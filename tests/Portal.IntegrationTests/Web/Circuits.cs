using System.Net;
using System.Net.WebSockets;

namespace Portal.IntegrationTests.Web;

/// <summary>WebSockets of pages, as a program opens them that is no browser and says what it likes.</summary>
internal static class Circuits
{
    /// <param name="cookies">As the header has them.</param>
    /// <param name="origin">Null for none.</param>
    /// <returns>The socket, which is open when the status is 101.</returns>
    public static async Task<(ClientWebSocket Socket, HttpStatusCode Status)> ConnectAsync(Uri portal, string cookies, string? origin, string path = "/_blazor")
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        // As Chromium asks for; the portal is not to take it up.
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.SetRequestHeader("Cookie", cookies);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(portal) { Scheme = "ws", Path = path }.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return (socket, socket.HttpStatusCode);
    }

    public static string CookiesOf(Door.Browser browser) => string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    public static string OriginOf(Uri portal) => portal.GetLeftPart(UriPartial.Authority);
}
