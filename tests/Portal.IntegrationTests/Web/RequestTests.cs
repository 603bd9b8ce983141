using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.IntegrationTests.Door;

namespace Portal.IntegrationTests.Web;

/// <summary>What the portal takes at all, before any of its own code decides: methods, sizes, and requests that are not one.</summary>
[Collection(DoorCollection.Name)]
public sealed class RequestTests(DoorFixture fixture)
{
    private readonly DoorHost _host = fixture.Host.Afresh();

    /// <summary>By hand: whoever adds one says here how it keeps other pages out.</summary>
    private static readonly Dictionary<string, string> WithoutAntiforgery = new(StringComparer.Ordinal)
    {
        ["/sign-out"] = "looks at the token itself, while there is a session",
        ["/signout-backchannel-oidc"] = "comes from the provider, which signs what it says",
        ["/csp-report"] = "browsers send it by themselves; it writes a line into the log and nothing else",
        ["/health/live"] = "changes nothing, whatever the method",
        ["/health/ready"] = "changes nothing, whatever the method",
        ["/_blazor/initializers"] = "the Origin header, and changes nothing",
        ["/_blazor"] = "the Origin header",
        ["/_blazor/negotiate"] = "the Origin header, and not there at all",
        ["/_blazor/disconnect"] = "the Origin header",
    };

    [Fact]
    public void Whatever_takes_a_form_asks_for_its_token()
    {
        var without = Endpoints()
            .Where(endpoint => MethodsOf(endpoint) is not { Count: > 0 } methods || methods.Any(IsWriting))
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText?.Trim('/')}")
            .Distinct(StringComparer.Ordinal);

        without.Except(WithoutAntiforgery.Keys, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_changed_by_another_method_than_POST() =>
        Endpoints()
            .Where(endpoint => !endpoint.RoutePattern.RawText!.Contains("_blazor", StringComparison.Ordinal))
            .SelectMany(MethodsOf)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ShouldBe(["GET", "HEAD", "POST"], ignoreOrder: true);

    [Theory]
    [InlineData("TRACE", "/")]
    [InlineData("TRACK", "/")]
    [InlineData("DEBUG", "/")]
    [InlineData("OPTIONS", "/")]
    [InlineData("PUT", "/pools/new")]
    [InlineData("PATCH", "/changes")]
    [InlineData("DELETE", "/changes")]
    [InlineData("PROPFIND", "/")]
    public async Task No_other_method_is_answered_with_more_than_a_status(string method, string address)
    {
        var browser = _host.Browser();
        await browser.SignInAsync("developer");

        using var answer = await browser.SendAsync(new HttpMethod(method), address, content: null, ("X-Probe", "echoed"));

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("two lengths", "POST /csp-report HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", 400)]
    [InlineData("two lengths in one line", "POST /csp-report HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5, 5\r\n\r\nabcde", 400)]
    [InlineData("a length below nothing", "POST /csp-report HTTP/1.1\r\nHost: {host}\r\nContent-Length: -5\r\n\r\n", 400)]
    [InlineData("an encoding that is none", "POST /csp-report HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("a space before the colon", "GET /health/live HTTP/1.1\r\nHost: {host}\r\nContent-Length : 5\r\n\r\n", 400)]
    [InlineData("a line that goes on", "GET /health/live HTTP/1.1\r\nHost: {host}\r\nX-Long: a\r\n b\r\n\r\n", 400)]
    [InlineData("no host", "GET /health/live HTTP/1.1\r\n\r\n", 400)]
    [InlineData("two hosts", "GET /health/live HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n", 400)]
    [InlineData("a zero byte", "GET /health/li\0ve HTTP/1.1\r\nHost: {host}\r\n\r\n", 400)]
    [InlineData("no version of HTTP", "GET /health/live HTTP/9.9\r\nHost: {host}\r\n\r\n", 505)]
    public async Task A_request_that_two_servers_could_read_in_two_ways_is_none(string what, string request, int status)
    {
        var answer = await SayAsync(request);

        answer.ShouldStartWith($"HTTP/1.1 {status} ", customMessage: what);
        answer.Split("HTTP/1.1 ").Length.ShouldBe(2, "one answer, and the connection is closed");
    }

    [Fact]
    public async Task Of_a_length_beside_chunks_nothing_is_taken_for_a_second_request()
    {
        var answer = await SayAsync(
            "POST /csp-report HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: {host}\r\n\r\n");

        answer.ShouldNotContain("Healthy");
    }

    [Fact]
    public async Task A_long_address_many_headers_and_a_large_body_are_refused()
    {
        (await SayAsync($"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: {{host}}\r\n\r\n")).ShouldStartWith("HTTP/1.1 414 ");
        (await SayAsync($"GET /health/live HTTP/1.1\r\nHost: {{host}}\r\nX-Long: {new string('a', 33_000)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431 ");
        var many = string.Concat(Enumerable.Range(0, 101).Select(number => string.Create(CultureInfo.InvariantCulture, $"X-{number}: a\r\n")));
        (await SayAsync($"GET /health/live HTTP/1.1\r\nHost: {{host}}\r\n{many}\r\n")).ShouldStartWith("HTTP/1.1 431 ");

        var browser = _host.Browser();
        await browser.SignInAsync("developer");
        using var answer = await browser.SendAsync(HttpMethod.Post, "/sign-out", new StringContent(new string('a', 65 * 1024), Encoding.ASCII, "application/x-www-form-urlencoded"));
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public void The_limits_of_a_circuit_are_these()
    {
        var circuits = _host.Portal.Of<IOptions<CircuitOptions>>().Value;
        circuits.DetailedErrors.ShouldBeFalse();
        circuits.DisconnectedCircuitMaxRetained.ShouldBe(100);
        circuits.DisconnectedCircuitRetentionPeriod.ShouldBe(TimeSpan.FromMinutes(3));
        circuits.MaxBufferedUnacknowledgedRenderBatches.ShouldBe(10);
        circuits.JSInteropDefaultCallTimeout.ShouldBe(TimeSpan.FromSeconds(10));

        var hub = HubOfCircuits();
        hub.EnableDetailedErrors.ShouldBe(false);
        hub.MaximumReceiveMessageSize.ShouldBe(32 * 1024);
        hub.MaximumParallelInvocationsPerClient.ShouldBe(1);
        hub.KeepAliveInterval.ShouldBe(TimeSpan.FromSeconds(15));
        hub.ClientTimeoutInterval.ShouldBe(TimeSpan.FromSeconds(30));
        hub.HandshakeTimeout.ShouldBe(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void The_limits_of_the_server_are_these()
    {
        var kestrel = _host.Portal.Of<IOptions<KestrelServerOptions>>().Value;
        kestrel.AddServerHeader.ShouldBeFalse();
        kestrel.AllowSynchronousIO.ShouldBeFalse();
        kestrel.Limits.MaxRequestBodySize.ShouldBe(64 * 1024);
        kestrel.Limits.MaxConcurrentConnections.ShouldBe(12_000);
        kestrel.Limits.MaxConcurrentUpgradedConnections.ShouldBe(10_000);
        kestrel.Limits.MaxRequestHeadersTotalSize.ShouldBe(32 * 1024);
        kestrel.Limits.MaxRequestHeaderCount.ShouldBe(100);
        kestrel.Limits.MaxRequestLineSize.ShouldBe(8 * 1024);
        kestrel.Limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(30));
        kestrel.Limits.MinRequestBodyDataRate.ShouldNotBeNull();
    }

    private IEnumerable<RouteEndpoint> Endpoints() => _host.Portal.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>Empty for all of them.</summary>
    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    private static bool IsWriting(string method) => method is not ("GET" or "HEAD" or "OPTIONS");

    // The hub is the framework's own.
    private HubOptions HubOfCircuits()
    {
        var hub = typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub", throwOnError: true)!;
        var options = typeof(IOptions<>).MakeGenericType(typeof(HubOptions<>).MakeGenericType(hub));
        return (HubOptions)options.GetProperty("Value")!.GetValue(_host.Portal.Of<IServiceProvider>().GetRequiredService(options))!;
    }

    /// <summary>Says it byte by byte, and reads until the portal closes or says no more.</summary>
    private async Task<string> SayAsync(string request)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _host.Portal.Address.Port, deadline.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.Replace("{host}", $"localhost:{_host.Portal.Address.Port}", StringComparison.Ordinal)), deadline.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(deadline.Token);
    }
}
