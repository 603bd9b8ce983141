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
    /// The address in people's browsers, for example <c>https://pools.example.com</c>, when something stands before the portal:
    /// a proxy that ends TLS, or a published container port. Plain http only for a loopback host. Default: none, people reach the portal itself.
    /// </summary>
    /// <remarks>
    /// With it, every address that the portal writes begins with it, it decides whether cookies are those of https, and the addresses
    /// that the portal listens on are not questioned: that nothing but the proxy reaches them is the operator's part.
    /// </remarks>
    /// <example>https://pools.example.com</example>
    public string? PublicUrl { get; init; }

    public StepUpOptions StepUp { get; init; } = new();

    public Uri? PublicAddress => PublicUrl is { Length: > 0 } text ? new Uri(text) : null;
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
            wrong.Add("Access:PublicUrl must be an https address without a path, for example https://pools.example.com. Plain http is taken for a loopback host only.");
        }

        wrong.AddRange(options.StepUp.Faults());
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsPublicAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };
}
