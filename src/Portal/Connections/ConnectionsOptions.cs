using System.ComponentModel.DataAnnotations;

namespace Portal.Connections;

/// <summary>What happens to who wants more connections than usual.</summary>
internal enum BeyondUsual
{
    /// <summary>Proving anew to the provider who one is begins a new count.</summary>
    StepUp,

    /// <summary>Nothing but waiting helps.</summary>
    Refuse,
}

/// <summary>How many connections one person is given before somebody is told: <c>Connections</c> in the settings.</summary>
internal sealed class ConnectionsOptions
{
    public const string Section = "Connections";

    /// <summary>Shows, copies and downloads of one person within an hour, together; 1 to 1,000, default 20.</summary>
    [Range(1, 1000, ErrorMessage = "Connections:PerHour must be between 1 and 1000.")]
    public int PerHour { get; init; } = 20;

    /// <summary>Pools whose connection one person asks for who had not in 90 days, within <see cref="FirstLooksWithin"/>; 1 to 1,000, default 10.</summary>
    [Range(1, 1000, ErrorMessage = "Connections:FirstLooks must be between 1 and 1000.")]
    public int FirstLooks { get; init; } = 10;

    /// <summary>From 0:01:00 to 1:00:00; default: 0:10:00.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00", ParseLimitsInInvariantCulture = true, ErrorMessage = "Connections:FirstLooksWithin must be from 0:01:00 to 1:00:00.")]
    public TimeSpan FirstLooksWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary><c>StepUp</c> or <c>Refuse</c>; default: <c>StepUp</c>.</summary>
    public BeyondUsual Beyond { get; init; } = BeyondUsual.StepUp;
}
