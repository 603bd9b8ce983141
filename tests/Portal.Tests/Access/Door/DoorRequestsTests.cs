using Microsoft.AspNetCore.Http;
using Portal.Access;

namespace Portal.Tests.Access.Door;

public sealed class DoorRequestsTests
{
    [Theory]
    [InlineData("GET", "/", "text/html,application/xhtml+xml", "navigate")]
    [InlineData("GET", "/pools/new", "text/html", null)]
    [InlineData("GET", "/pools/new", "*/*", null)]
    [InlineData("GET", "/pools/new", null, null)]
    [InlineData("GET", "/pools/new", "text/html; blazor-enhanced-nav=on", "no-cors")]
    public void A_page_is_led_to_the_sign_in(string method, string path, string? accept, string? mode) => IsPage(method, path, accept, mode).ShouldBeTrue();

    [Theory]
    [InlineData("POST", "/sign-out", "text/html", "navigate")]
    [InlineData("PUT", "/", "text/html", null)]
    [InlineData("GET", "/_blazor", "*/*", "websocket")]
    [InlineData("GET", "/_blazor", null, null)]
    [InlineData("POST", "/_blazor/negotiate", null, null)]
    [InlineData("GET", "/_framework/blazor.web.js", "*/*", null)]
    [InlineData("GET", "/pools", "application/json", null)]
    [InlineData("GET", "/pools", "*/*", "cors")]
    [InlineData("GET", "/pools", "text/html", "cors")]
    [InlineData("GET", "/logo.png", "image/*", "no-cors")]
    public void Everything_else_is_answered_with_a_status(string method, string path, string? accept, string? mode) => IsPage(method, path, accept, mode).ShouldBeFalse();

    private static bool IsPage(string method, string path, string? accept, string? mode)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Path = path;
        if (accept is not null)
        {
            request.Headers.Accept = accept;
        }

        if (mode is not null)
        {
            request.Headers["Sec-Fetch-Mode"] = mode;
        }

        return DoorRequests.IsPage(request);
    }
}
