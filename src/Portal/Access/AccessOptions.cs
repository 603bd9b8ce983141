using System.Net;
using Microsoft.Extensions.Options;

namespace Portal.Access;

/// <summary>How long a session lasts, and where people find the portal: <c>Access</c> in the settings.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>A session ends when its person has done nothing for so long. 0:01:00 to 1:00:00; default: 0:15:00.</summary>
    /// <remarks>
    /// Activity is written at most once in a fifteenth of it, or once a minute where that is less, so that the end may come by
    /// so much early, and never late.
    /// </remarks>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends after so long whatever its person does. 0:05:00 to 12:00:00, not below <see cref="Idle"/>; default: 8:00:00.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(8);

    /// <summary>
    /// The address in people's browsers, for example <c>https://pools.example.com</c> or <c>https://tools.example.com/pools</c>, when something
    /// stands before the portal: a proxy that ends TLS, or a published container port. Plain http only for a loopback host. Default: none, people reach the portal itself.
    /// </summary>
    /// <remarks>
    /// With it, every address that the portal writes begins with it, it decides whether cookies are those of https, and the addresses
    /// that the portal listens on are not questioned: that nothing but the proxy reaches them is the operator's part. Its path may be
    /// taken off by the proxy or not.
    /// </remarks>
    /// <example>https://pools.example.com</example>
    public string? PublicUrl { get; init; }

    /// <summary>
    /// The proxies before the portal, by address or network: from them, and from nobody else, <c>X-Forwarded-For</c> is heard, to write down where
    /// somebody signed in. As many of them are passed as are named here. Default: none, the header counts for nothing.
    /// </summary>
    /// <example>[ "10.0.0.7" ]</example>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    public StepUpOptions StepUp { get; init; } = new();

    /// <summary>With a slash at its end, so that addresses below it can be made of it.</summary>
    public Uri? PublicAddress => PublicUrl is { Length: > 0 } text ? new Uri(text.TrimEnd('/') + "/") : null;

    /// <summary>The path of the public address, without a slash at its end; empty where it has none.</summary>
    public PathString PathBase => new(PublicAddress?.AbsolutePath.TrimEnd('/'));

    /// <summary>Reads one of <see cref="Proxies"/>; an address is a network of one. Not short forms, as 10 for 0.0.0.10, and not everybody.</summary>
    public static bool TryReadProxy(string text, out IPNetwork network)
    {
        network = default;
        var first = text.Split('/')[0];
        if (!IPAddress.TryParse(first, out var address) || !(first.Contains(':', StringComparison.Ordinal) || address.ToString() == first))
        {
            return false;
        }

        if (first == text)
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network) && network.PrefixLength > 0 && network.BaseAddress.Equals(address);
    }
}

internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> wrong = [];
        if (options.Idle < TimeSpan.FromMinutes(1) || options.Idle > TimeSpan.FromHours(1))
        {
            wrong.Add("Access:Idle must be from 0:01:00 to 1:00:00.");
        }

        if (options.Longest < TimeSpan.FromMinutes(5) || options.Longest > TimeSpan.FromHours(12) || options.Longest < options.Idle)
        {
            wrong.Add("Access:Longest must be from 0:05:00 to 12:00:00 and not below Access:Idle.");
        }

        if (options.PublicUrl is { Length: > 0 } text && !IsPublicAddress(text))
        {
            wrong.Add("Access:PublicUrl must be an https address, for example https://pools.example.com or https://tools.example.com/pools: "
                + "in its path letters, digits, '-', '.', '_' and '~', and nothing behind it. Plain http is taken for a loopback host only.");
        }

        foreach (var proxy in options.Proxies.Where(proxy => !AccessOptions.TryReadProxy(proxy, out _)))
        {
            wrong.Add($"Access:Proxies has '{proxy}'. It must be an address, or a network that begins with its first one, for example 10.0.0.7 or 10.0.0.0/8.");
        }

        wrong.AddRange(options.StepUp.Faults());
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsPublicAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { Query: "", Fragment: "", UserInfo: "" }
            && text.TrimEnd('/').Split('/') is [_, "", _, .. var path]
            && path.All(IsSegment);

    // As it is written: what a browser, a proxy or the portal would each read in its own way is not taken.
    private static bool IsSegment(string segment) =>
        segment is not ("" or "." or "..") && segment.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_' or '~');
}
