using System.ComponentModel.DataAnnotations;

namespace Portal.Inventory;

/// <summary>Which API the portal talks to: <c>DigitalOcean</c> in the settings. The token is not here; it comes from the vault.</summary>
internal sealed class DigitalOceanOptions
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

    public bool IsSandbox => !string.Equals(BaseUrl.Host, "api.digitalocean.com", StringComparison.OrdinalIgnoreCase);
}
