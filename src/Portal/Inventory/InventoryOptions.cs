using System.ComponentModel.DataAnnotations;

namespace Portal.Inventory;

/// <summary>How the lists are kept fresh: <c>Inventory</c> in the settings.</summary>
internal sealed class InventoryOptions
{
    public const string Section = "Inventory";

    /// <summary>How old the list of clusters, or a cluster's pools, may become before they are read again. Default: one minute; 10 seconds to a day.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ErrorMessage = "Inventory:RefreshAfter must be between 00:00:10 and 1.00:00:00.")]
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Calls a minute that the background may make. Default: 180, of the 250 that DigitalOcean allows a token; the rest is kept for people.
    /// </summary>
    [Range(1, 250, ErrorMessage = "Inventory:CallsPerMinute must be between 1 and 250.")]
    public int CallsPerMinute { get; init; } = 180;

    /// <summary>Calls an hour that the background may make. Default: 4,000, of the 5,000 that DigitalOcean allows a token.</summary>
    [Range(1, 5000, ErrorMessage = "Inventory:CallsPerHour must be between 1 and 5000.")]
    public int CallsPerHour { get; init; } = 4000;
}
