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
}

/// <summary>The fields of the forms that a mistake can be in.</summary>
public enum ChangeField
{
    Team,
    Cluster,
    Database,
    User,
    Mode,
    Size,
    Name,
    Reason,
}

/// <param name="Message">What to do, ready to be shown beside the field and in the summary.</param>
public sealed record FieldMistake(ChangeField Field, string Message);

/// <summary>A request that keeps the rules, with what it was checked against and what the policy says of it.</summary>
public sealed record CheckedCreate(Guid FormId, ClusterInView Cluster, string Name, PoolFields Fields, string Team, string? Reason, Decision Decision);

/// <summary>Why a request was not taken: mistakes in fields, or words that belong to no field.</summary>
public sealed record NotTaken(IReadOnlyList<FieldMistake> Mistakes, string? Message = null)
{
    public static NotTaken Because(string message) => new([], message);
}
