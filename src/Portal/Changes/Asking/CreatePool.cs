using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>What a person asks for: a pool that is not there yet.</summary>
public sealed record CreatePool
{
    /// <summary>Made with the form, so that the same form sent twice is one change.</summary>
    public required Guid FormId { get; init; }

    public Guid? ClusterId { get; init; }

    public string? Database { get; init; }

    /// <summary>Null for an inbound-user pool, when <see cref="IsInboundUser"/> says so.</summary>
    public string? User { get; init; }

    public bool IsInboundUser { get; init; }

    public PoolMode? Mode { get; init; }

    /// <summary>As typed.</summary>
    public string? Size { get; init; }

    public string? Name { get; init; }

    public string? Team { get; init; }

    public string? Reason { get; init; }

    /// <summary>The last day on which it is wanted, as a date field sends it: <c>2026-12-31</c>. Nothing for a pool that is wanted for good.</summary>
    public string? EndsOn { get; init; }

    /// <summary>What was asked for earlier, to be held against the rules once more.</summary>
    /// <param name="size">Server connections: those that were asked for, or fewer.</param>
    public static CreatePool Again(PoolChange change, int size) => new()
    {
        FormId = change.FormId,
        ClusterId = change.ClusterId,
        Database = change.Database,
        User = change.User,
        IsInboundUser = change.User is null,
        Mode = change.Mode,
        Size = size.ToString(CultureInfo.InvariantCulture),
        Name = change.PoolName,
        Team = change.Team,
        Reason = change.Reason ?? change.Decision,
    };
}
