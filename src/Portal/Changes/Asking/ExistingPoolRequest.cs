using System.Globalization;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>What a person asks for about a pool that is there.</summary>
public sealed record ExistingPoolRequest
{
    /// <summary>Made with the form, so that the same form sent twice is one change.</summary>
    public required Guid FormId { get; init; }

    /// <summary>Every kind but <see cref="ChangeKind.Create"/>.</summary>
    public required ChangeKind Kind { get; init; }

    public required Guid ClusterId { get; init; }

    public required string PoolName { get; init; }

    /// <summary>The pool as the person saw it. Only this one is changed; another by then is a conflict.</summary>
    public required PoolFields Before { get; init; }

    /// <summary>Resize and edit: as typed. Null leaves the size as it is.</summary>
    public string? Size { get; init; }

    /// <summary>Edit: null leaves the mode as it is.</summary>
    public PoolMode? Mode { get; init; }

    /// <summary>Edit: null leaves the database as it is.</summary>
    public string? Database { get; init; }

    /// <summary>Edit: null leaves the user as it is, unless <see cref="IsInboundUser"/> says so.</summary>
    public string? User { get; init; }

    public bool IsInboundUser { get; init; }

    /// <summary>Adopt: the team that answers for the pool from now on.</summary>
    public string? Team { get; init; }

    /// <summary>What breaks something is confirmed by typing a name: the pool's, or for a new password the database user's.</summary>
    public string? Confirmation { get; init; }

    public string? Reason { get; init; }

    /// <summary>Resize: done at once although a lead decides; one looks at it afterwards. Only for a team that allows it.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>What was asked for earlier, to be held against the rules once more.</summary>
    /// <param name="size">Server connections: those that were asked for, or fewer.</param>
    public static ExistingPoolRequest Again(PoolChange change, int size) => new()
    {
        FormId = change.FormId,
        Kind = change.Kind,
        ClusterId = change.ClusterId,
        PoolName = change.PoolName,
        Before = change.BeforeFields!,
        Size = size.ToString(CultureInfo.InvariantCulture),
        Mode = change.Mode,
        Database = change.Database,
        User = change.User,
        IsInboundUser = change.User is null,
        Team = change.Team,
        Confirmation = change.Kind is ChangeKind.ResetPassword ? change.User : change.PoolName,
        Reason = change.Reason ?? change.Decision,
    };
}
