using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Portal.Operations.Telemetry;

/// <summary>Answers <c>/metrics</c> on an address of its own, in Prometheus' text form, and nothing else.</summary>
/// <remarks>
/// A server of its own and not a route of the portal: whoever reaches the portal has no way to it, whatever the proxy lets through and whatever
/// stands in a Host header. It speaks plain http, so what it says is fit for it (no person, no pool, no secret), and it answers only callers
/// with a private address.
/// </remarks>
internal sealed class MetricsListener(MeterProvider metrics, IOptions<TelemetryOptions> options, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    public const string Path = "/metrics";

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    private WebApplication? _server;

    /// <summary>Where it listens; null before it does.</summary>
    public Uri? Address => _server?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.Select(address => new Uri(address)).FirstOrDefault();

    /// <remarks>An address that is taken stops the start, as the portal's own would.</remarks>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Empty: no setting and no variable of the portal's own server is read for this one.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Value.MetricsAddress!).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(OnlyPrivate));
        });
        builder.Services.AddSingleton(loggers);
        _server = builder.Build();
        _server.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, predicate: null, Path, configureBranchedPipeline: null, optionsName: null);
        await _server.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Whether an address is one of the machine itself or of a network that the internet has no way to.</summary>
    public static bool IsPrivate(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Private.Any(network => network.Contains(plain));
    }

    /// <summary>By who is at the other end of the connection, before a byte is read: nothing that is sent can say otherwise.</summary>
    private static ConnectionDelegate OnlyPrivate(ConnectionDelegate next) =>
        connection => IsPrivate((connection.RemoteEndPoint as IPEndPoint)?.Address) ? next(connection) : Task.CompletedTask;
}
