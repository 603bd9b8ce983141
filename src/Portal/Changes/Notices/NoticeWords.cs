using Portal.Audit;

namespace Portal.Changes.Notices;

/// <summary>Which rows of the record are told, and in which words.</summary>
internal static class NoticeWords
{
    /// <summary>What a program that reads notices goes by. Kept for ever, like the words of the record: add, never rename.</summary>
    private static readonly Dictionary<string, string> KindByAction = new(StringComparer.Ordinal)
    {
        [AuditAction.SentForReview] = "review-asked",
        [AuditAction.ReviewReminded] = "review-reminded",
        [AuditAction.Approved] = "approved",
        [AuditAction.ApprovedSmaller] = "approved-smaller",
        [AuditAction.Declined] = "declined",
        [AuditAction.Expired] = "expired",
        [AuditAction.Failed] = "failed",
        [AuditAction.FoundConflict] = "conflict",
        [AuditAction.LeftToPerson] = "needs-person",
        [AuditAction.RunUrgently] = "urgent",
        [AuditAction.LookDue] = "look-due",
        [AuditAction.EndDateCame] = "end-date",
        [AuditAction.Frozen] = "frozen",
        [AuditAction.Unfrozen] = "unfrozen",
        [AuditAction.ConnectionLimitReached] = "connection-limit",
    };

    public static IReadOnlyList<string> Actions { get; } = [.. KindByAction.Keys];

    public static string KindOf(string action) => KindByAction[action];

    /// <param name="facts">What the row, its change and its pool say.</param>
    public static string TextOf(string action, NoticeFacts facts)
    {
        var what = facts.Change is { } change ? Wanted(change) : facts.Pool is null ? facts.Where : $"{facts.Pool} on {facts.Where}";
        var team = facts.Team is null ? "" : $" ({facts.Team})";
        var who = facts.Who ?? "The portal";
        var note = facts.Note is null ? "" : $": {facts.Note}";
        return action switch
        {
            AuditAction.SentForReview => $"{who}{team} asks for {what}. It waits for a review.",
            AuditAction.ReviewReminded => $"{what}{team} still waits for a review.",
            AuditAction.Approved => $"{who} approved {what}{team}{note}.",
            AuditAction.ApprovedSmaller => $"{who} approved {what}{team} with a smaller size{note}.",
            AuditAction.Declined => $"{who} declined {what}{team}{note}.",
            AuditAction.Expired => $"{what}{team} was not decided in time and has expired.",
            AuditAction.Failed => $"{what}{team} failed. {facts.Change?.Happened}".TrimEnd(),
            AuditAction.FoundConflict => $"{what}{team} is in conflict, and somebody has to decide. {facts.Change?.Happened}".TrimEnd(),
            AuditAction.LeftToPerson => $"{what}{team} is unclear, and somebody has to decide. {facts.Change?.Happened}".TrimEnd(),
            AuditAction.RunUrgently => $"{who}{team} had {what} carried out at once, without a review. A lead has to look at it.",
            AuditAction.LookDue => $"{what}{team} is due for a look: keep it, make it smaller, hand it over or delete it.",
            AuditAction.EndDateCame => $"The end date of {what}{team} has come. A lead decides whether it is deleted.",
            AuditAction.Frozen => $"{who} froze changes of {facts.Where}{note}.",
            AuditAction.ConnectionLimitReached => $"{who} asked for more connections than usual{note}. No more are handed out for now; an admin should look whether it is right.",
            _ => $"Changes of {facts.Where} go on: {who} ended the freeze.",
        };
    }

    private static string Wanted(PoolChange change) => change.Kind switch
    {
        ChangeKind.Create => $"a new pool {change.PoolName} of size {change.Size} on {change.ClusterName}",
        ChangeKind.Resize => $"size {change.Size} for {change.PoolName} on {change.ClusterName}",
        ChangeKind.Delete => $"the deletion of {change.PoolName} from {change.ClusterName}",
        ChangeKind.Adopt => $"the adoption of {change.PoolName} on {change.ClusterName}",
        ChangeKind.ResetPassword => $"a new password of {change.User} on {change.ClusterName}",
        _ => $"a change of {change.PoolName} on {change.ClusterName}",
    };
}

/// <summary>What a notice can be made of.</summary>
/// <param name="Who">The person who acted; null when the portal itself did.</param>
/// <param name="Where">The cluster by name, or "all clusters".</param>
/// <param name="Note">What who acted said to it; null when nothing.</param>
internal sealed record NoticeFacts(string? Who, string? Team, string Where, string? Pool, PoolChange? Change, string? Note);
