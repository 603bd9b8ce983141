using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>A request that keeps the rules, with what it was checked against and what the policy says of it.</summary>
/// <param name="Before">The fields that the person saw; null for a new pool.</param>
/// <param name="Fields">The fields that are wanted; those of now where nothing of them changes.</param>
public sealed record CheckedChange(
    Guid FormId,
    ChangeKind Kind,
    ClusterInView Cluster,
    string Name,
    PoolFields? Before,
    PoolFields Fields,
    string Team,
    string? Reason,
    Decision Decision)
{
    /// <summary>A lead would decide, and the team allows to do it at once and have one look at it afterwards.</summary>
    public bool MayBeUrgent { get; init; }

    /// <summary>It is done at once, and a lead looks at it afterwards.</summary>
    public bool IsUrgent { get; init; }
    /// <summary>For a new pool: when it is not wanted any more; null when it is wanted for good.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Server connections of the cluster that other pools have, or will have.</summary>
    public int Others => Cluster.Taken - (Before?.Size ?? 0);
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
    Confirmation,
    Reason,
    Note,
    EndsOn,
}

/// <param name="Message">What to do, ready to be shown beside the field and in the summary.</param>
public sealed record FieldMistake(ChangeField Field, string Message);

/// <summary>Why a request was not taken: mistakes in fields, or words that belong to no field.</summary>
public sealed record NotTaken(IReadOnlyList<FieldMistake> Mistakes, string? Message = null)
{
    public static NotTaken Because(string message) => new([], message);

    /// <summary>The person may not, whatever they write. It goes into the record.</summary>
    internal static NotTaken ByRight(Refusal refusal) => Because(refusal.Message) with { IsByRight = true };

    /// <summary>Somebody wanted what is not theirs.</summary>
    public bool IsByRight { get; init; }
}
