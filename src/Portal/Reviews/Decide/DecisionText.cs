namespace Portal.Reviews.Decide;

/// <summary>What a reviewer has typed, and which of the decisions they are at.</summary>
internal sealed class DecisionText
{
    public DecisionKind Form { get; set; }

    public string? Note { get; set; }

    /// <summary>As typed.</summary>
    public string? Size { get; set; }

    public string? Reason { get; set; }
}

internal enum DecisionKind
{
    Approve,
    Smaller,
    Decline,
}
