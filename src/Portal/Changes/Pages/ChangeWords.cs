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
        ChangeState.Done => $"{change.PoolName} on {change.ClusterName}",
        ChangeState.WaitingForReview => $"Waiting for review: {change.PoolName} on {change.ClusterName}",
        ChangeState.Declined or ChangeState.Withdrawn or ChangeState.Expired => $"{Of(change.State)}: {change.PoolName} on {change.ClusterName}",
        ChangeState.Failed => $"{change.PoolName} was not created on {change.ClusterName}",
        ChangeState.Conflict => $"{change.PoolName} on {change.ClusterName} is somebody else's",
        ChangeState.NeedsPerson => $"Unclear: {change.PoolName} on {change.ClusterName}",
        _ => $"Creating {change.PoolName} on {change.ClusterName}",
    };

    /// <summary>For the browser's tab, where a person looks while doing something else.</summary>
    public static string TabTitle(PoolChange change) => change.State switch
    {
        ChangeState.Done => $"Done: {change.PoolName}",
        ChangeState.Failed => $"Failed: {change.PoolName}",
        ChangeState.Conflict or ChangeState.NeedsPerson => $"Needs you: {change.PoolName}",
        ChangeState.WaitingForReview => $"Waiting: {change.PoolName}",
        ChangeState.Declined or ChangeState.Withdrawn or ChangeState.Expired => $"{Of(change.State)}: {change.PoolName}",
        _ => $"Creating {change.PoolName}…",
    };
}
