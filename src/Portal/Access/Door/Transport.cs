using System.Net;
using Microsoft.Extensions.Options;

namespace Portal.Access;

/// <summary>Whether people reach the portal over https, which decides how its cookies are.</summary>
internal sealed class Transport(IConfiguration configuration, IOptions<AccessOptions> options)
{
    /// <summary>The public address decides; without one, the addresses that the portal is told to listen on.</summary>
    public bool IsHttps { get; } = options.Value.PublicAddress is { } address
        ? address.Scheme == Uri.UriSchemeHttps
        : Configured(configuration) is { Count: > 0 } addresses && addresses.All(IsHttpsAddress);

    /// <summary>Why the portal must not listen there, or null when it may.</summary>
    public string? WhyNot(IEnumerable<string> addresses)
    {
        if (options.Value.PublicAddress is not null)
        {
            return null;
        }

        foreach (var address in addresses)
        {
            if (!IsHttpsAddress(address) && !IsLoopback(address))
            {
                return $"The portal must not listen on {address}: plain http is for loopback only. Listen on https, or set Access:PublicUrl to the https address of the proxy before it.";
            }

            if (IsHttpsAddress(address) != IsHttps)
            {
                return $"The portal must not listen on {address} beside others: its cookies are either those of https or those of plain http. Listen on one kind, or set Access:PublicUrl.";
            }
        }

        return null;
    }

    /// <summary>The addresses in the settings, as far as they are there; Kestrel's own default is plain http on loopback.</summary>
    public static IReadOnlyList<string> Configured(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
        {
            return endpoints;
        }

        return configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls
            ? [.. Parts(urls)]
            : [.. Ports("http"), .. Ports("https")];

        IEnumerable<string> Ports(string scheme) => Parts(configuration[$"{scheme}_ports"] ?? "").Select(port => $"{scheme}://*:{port}");

        static string[] Parts(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static bool IsHttpsAddress(string address) => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
