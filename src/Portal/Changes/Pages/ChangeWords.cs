namespace Portal.Changes;

/// <summary>How a change's state is said to people.</summary>
internal static class ChangeWords
{
    public static string Of(ChangeState state) => state switch
    {
        ChangeState.WaitingForReview => "Waiting for review",
        ChangeState.Approved => "Approved",
        ChangeState.Running => "Asking DigitalOcean",
        ChangeState.Unknown => "Reading back",
        ChangeState.Conflict => "In conflict",
        ChangeState.NeedsPerson => "Needs a decision",
        ChangeState.Done => "Done",
        ChangeState.Declined => "Declined",
        ChangeState.Withdrawn => "Withdrawn",
        ChangeState.Expired => "Expired",
        _ => "Failed",
    };

    public static string Of(ChangeStepKind step) => step switch
    {
        ChangeStepKind.CheckedPolicy => "Checked policy",
        ChangeStepKind.Approved => "Approved",
        ChangeStepKind.AskedDigitalOcean => "Asked DigitalOcean",
        ChangeStepKind.ReadBack => "Read back",
        _ => "Tested connection",
    };

    /// <summary>What a step is called while it is under way.</summary>
    public static string Doing(ChangeStepKind step) => step switch
    {
        ChangeStepKind.CheckedPolicy => "Checking policy",
        ChangeStepKind.Approved => "Waiting for approval",
        ChangeStepKind.AskedDigitalOcean => "Asking DigitalOcean",
        ChangeStepKind.ReadBack => "Reading it back",
        _ => "Testing the connection",
    };

    public static string Heading(PoolChange change) => change.State switch
    {
        ChangeState.Done => change.Kind is ChangeKind.Delete ? $"{change.PoolName} was deleted from {change.ClusterName}" : $"{change.PoolName} on {change.ClusterName}",
        ChangeState.WaitingForReview => $"Waiting for review: {Wanted(change)}",
        ChangeState.Declined or ChangeState.Withdrawn or ChangeState.Expired => $"{Of(change.State)}: {Wanted(change)}",
        ChangeState.Failed => $"{change.PoolName} was not {Past(change.Kind)} {(change.Kind is ChangeKind.Delete ? "from" : "on")} {change.ClusterName}",
        ChangeState.Conflict when change.Kind is ChangeKind.Create => $"{change.PoolName} on {change.ClusterName} is somebody else's",
        ChangeState.Conflict => $"Somebody else changed {change.PoolName} on {change.ClusterName}",
        ChangeState.NeedsPerson => $"Unclear: {Wanted(change)}",
        _ => $"{Doing(change.Kind)} {change.PoolName} on {change.ClusterName}",
    };

    /// <summary>For the browser's tab, where a person looks while doing something else.</summary>
    public static string TabTitle(PoolChange change) => change.State switch
    {
        ChangeState.Done => $"Done: {change.PoolName}",
        ChangeState.Failed => $"Failed: {change.PoolName}",
        ChangeState.Conflict or ChangeState.NeedsPerson => $"Needs you: {change.PoolName}",
        ChangeState.WaitingForReview => $"Waiting: {change.PoolName}",
        ChangeState.Declined or ChangeState.Withdrawn or ChangeState.Expired => $"{Of(change.State)}: {change.PoolName}",
        _ => $"{Doing(change.Kind)} {change.PoolName}…",
    };

    /// <summary>What is spoken, once, when a change that somebody watches is done.</summary>
    public static string IsDone(PoolChange change) => change.Kind switch
    {
        ChangeKind.Create => $"{change.PoolName} is ready.",
        ChangeKind.Delete => $"{change.PoolName} was deleted.",
        ChangeKind.Adopt => $"{change.PoolName} belongs to {change.Team} now.",
        ChangeKind.ResetPassword => $"The password of {change.User} is new.",
        _ => $"{change.PoolName} was changed.",
    };

    /// <summary>What is so while it is not known whether a call took effect.</summary>
    public static string InDoubt(PoolChange change) => change.Kind switch
    {
        ChangeKind.Create => "The pool may be there or not. The portal reads it back, and sends again only when it is not.",
        ChangeKind.ResetPassword => "The password may be new or not, which cannot be read. It is not asked for again by itself.",
        _ => "It may have happened or not. The portal reads the pool back, and sends again only when nothing has happened.",
    };

    /// <summary>The kind as one word, for lists.</summary>
    public static string Of(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "New pool",
        ChangeKind.Resize => "Size",
        ChangeKind.Edit => "Edit",
        ChangeKind.Delete => "Delete",
        ChangeKind.Adopt => "Adopt",
        _ => "Password",
    };

    private static string Wanted(PoolChange change) => change.Kind switch
    {
        ChangeKind.Create => $"{change.PoolName} on {change.ClusterName}",
        ChangeKind.Delete => $"deleting {change.PoolName} on {change.ClusterName}",
        ChangeKind.Adopt => $"{change.PoolName} on {change.ClusterName} for {change.Team}",
        ChangeKind.ResetPassword => $"a new password of {change.User} on {change.ClusterName}",
        ChangeKind.Resize => $"{change.PoolName} on {change.ClusterName} with size {change.Size}",
        _ => $"changing {change.PoolName} on {change.ClusterName}",
    };

    private static string Past(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "created",
        ChangeKind.Delete => "deleted",
        ChangeKind.Adopt => "adopted",
        ChangeKind.ResetPassword => "given a new password",
        _ => "changed",
    };

    private static string Doing(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => "Creating",
        ChangeKind.Delete => "Deleting",
        ChangeKind.Adopt => "Adopting",
        ChangeKind.ResetPassword => "Resetting the password behind",
        _ => "Changing",
    };
}
