using System.ComponentModel.DataAnnotations;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>Which API the portal talks to: <c>DigitalOcean</c> in the settings. The token is not here; it comes from the vault.</summary>
internal sealed class DigitalOceanOptions : IValidatableObject
{
    public const string Section = "DigitalOcean";

    /// <summary>Default: <c>https://api.digitalocean.com</c>. Anything else is taken for a sandbox, and said so on every page.</summary>
    [Required(ErrorMessage = "DigitalOcean:BaseUrl must be the API's address, for example https://api.digitalocean.com.")]
    public Uri BaseUrl { get; init; } = new("https://api.digitalocean.com");

    /// <summary>Calls a minute that DigitalOcean allows the token, by everybody. Default: 250, as documented; more where DigitalOcean has raised it.</summary>
    [Range(1, 1_000_000, ErrorMessage = "DigitalOcean:CallsPerMinute must be between 1 and 1000000.")]
    public int CallsPerMinute { get; init; } = 250;

    /// <summary>Calls an hour that DigitalOcean allows the token, by everybody. Default: 5,000, as documented; more where DigitalOcean has raised it.</summary>
    [Range(1, 1_000_000, ErrorMessage = "DigitalOcean:CallsPerHour must be between 1 and 1000000.")]
    public int CallsPerHour { get; init; } = 5000;

    /// <summary>
    /// How long the portal waits before it repeats a read for the first time; each further wait is twice as long. A change is never repeated this
    /// way. 0:00:00.01 to 0:00:10; default: 0:00:00.5.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:10", ErrorMessage = "DigitalOcean:RetryAfter must be from 0:00:00.01 to 0:00:10.")]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long DigitalOcean is left alone once half of at least 10 calls within 30 seconds had no answer. 0:00:00.5 to 0:10:00; default: 0:00:15.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00", ErrorMessage = "DigitalOcean:BreakFor must be from 0:00:00.5 to 0:10:00.")]
    public TimeSpan BreakFor { get; init; } = ApiBreaker.DefaultBreak;

    /// <summary>Whether it is tried at the start which scopes the tokens have: one list of clusters, and the users of one cluster with each token. Default: true.</summary>
    public bool TryScopes { get; init; } = true;

    public bool IsSandbox => !string.Equals(BaseUrl.Host, "api.digitalocean.com", StringComparison.OrdinalIgnoreCase);

    /// <remarks>A sandbox may be reached in plain http: its tokens open nothing.</remarks>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BaseUrl.IsAbsoluteUri || (BaseUrl.Scheme != Uri.UriSchemeHttps && BaseUrl.Scheme != Uri.UriSchemeHttp))
        {
            yield return new ValidationResult("DigitalOcean:BaseUrl must be the API's address, for example https://api.digitalocean.com.");
        }
        else if (!IsSandbox && BaseUrl.Scheme != Uri.UriSchemeHttps)
        {
            yield return new ValidationResult("DigitalOcean:BaseUrl must begin with https: the token must not be sent for others to read.");
        }
    }
}
