using System.ComponentModel.DataAnnotations;

namespace Portal.Changes;

/// <summary>Whether the portal writes to DigitalOcean.</summary>
public enum ChangesMode
{
    On,

    /// <summary>Lists, pages, connections and checks work; every form ends at its check, and nothing is carried out. To begin with real clusters.</summary>
    LookOnly,
}

/// <summary>How changes are decided and carried out: <c>Changes</c> in the settings.</summary>
internal sealed class ChangesOptions : IValidatableObject
{
    public const string Section = "Changes";

    /// <summary>Whether the portal writes to DigitalOcean. With <c>LookOnly</c> lists, pages, connections and checks work, every form ends at its check, and nothing is carried out: to begin with real clusters. Default: <c>On</c>.</summary>
    public ChangesMode Mode { get; init; }

    /// <summary>A pool of at most this many server connections, or of <see cref="AtOnceShare"/>, is made without a review. Default: 5.</summary>
    [Range(0, 997, ErrorMessage = "Changes:AtOnceSize must be between 0 and 997 server connections.")]
    public int AtOnceSize { get; init; } = 5;

    /// <summary>The share of the cluster's budget that one pool may have without a review. Default: 0.2; from 0 to 1.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Changes:AtOnceShare must be between 0 and 1.")]
    public double AtOnceShare { get; init; } = 0.2;

    /// <summary>The share of the cluster's budget that all pools may have together without a review. Default: 0.8; from 0 to 1.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Changes:ClusterShare must be between 0 and 1.")]
    public double ClusterShare { get; init; } = 0.8;

    /// <summary>How long a request waits for a review before it expires. Default: seven days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00", ErrorMessage = "Changes:ReviewExpiresAfter must be between 00:01:00 and 365.00:00:00.")]
    public TimeSpan ReviewExpiresAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a request waits before its leads are reminded, once. Default: two days; less than <see cref="ReviewExpiresAfter"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ErrorMessage = "Changes:ReviewRemindedAfter must be between 00:00:01 and 365.00:00:00.")]
    public TimeSpan ReviewRemindedAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>How long to wait before the first reading back of a call whose end is unknown. Default: one second; each further wait is three times as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ErrorMessage = "Changes:ReadBackAfter must be between 00:00:00.001 and 00:10:00.")]
    public TimeSpan ReadBackAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a pool must be read back and be absent before the call may go out again. Default: 4.</summary>
    [Range(1, 20, ErrorMessage = "Changes:ReadBackTimes must be between 1 and 20.")]
    public int ReadBackTimes { get; init; } = 4;

    /// <summary>How often a call with an unknown end may go out again. Default: 3.</summary>
    [Range(0, 10, ErrorMessage = "Changes:SendAgainTimes must be between 0 and 10.")]
    public int SendAgainTimes { get; init; } = 3;

    /// <summary>How long the portal tries to read back by itself before it asks a person. Default: one hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Changes:ReadBackFor must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan ReadBackFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long to wait after DigitalOcean said that the cluster is not ready (412). Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ErrorMessage = "Changes:NotReadyWait must be between 00:00:00.001 and 00:10:00.")]
    public TimeSpan NotReadyWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often to wait for a cluster that is not ready. Default: 10.</summary>
    [Range(0, 100, ErrorMessage = "Changes:NotReadyTimes must be between 0 and 100.")]
    public int NotReadyTimes { get; init; } = 10;

    /// <summary>How long to wait when DigitalOcean or the vault cannot be reached. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00", ErrorMessage = "Changes:RetryAfter must be between 00:00:00.001 and 00:10:00.")]
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after it was made, adopted or looked at a lead should look at a pool again. Default: 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "1000.00:00:00", ErrorMessage = "Changes:LookEvery must be between 1.00:00:00 and 1000.00:00:00.")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a process holds a change without renewing it. Default: 20 seconds; renewed at a third of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Changes:Lease must be between 00:00:00.100 and 00:10:00.")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many changes one process carries out at once. Default: 4, as many unsafe calls as go to DigitalOcean at a time.</summary>
    [Range(1, 50, ErrorMessage = "Changes:AtATime must be between 1 and 50.")]
    public int AtATime { get; init; } = 4;

    /// <summary>How long calls that are out may go on when the portal is stopped; then they stay intents, and are read back at the next start. Default: 25 seconds, which is also the most: an orchestrator kills after 30.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25", ErrorMessage = "Changes:EndCallsFor must be between 00:00:00 and 00:00:25.")]
    public TimeSpan EndCallsFor { get; init; } = TimeSpan.FromSeconds(25);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReviewRemindedAfter >= ReviewExpiresAfter)
        {
            yield return new ValidationResult("Changes:ReviewRemindedAfter must be less than Changes:ReviewExpiresAfter.");
        }
    }
}
