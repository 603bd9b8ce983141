namespace Portal.Reviews.LookAfter;

/// <summary>Something about a pool that a lead should know.</summary>
/// <param name="Why">A sentence; null when the word says it all.</param>
public sealed record CareFlag(CareFlagKind Kind, string? Why = null)
{
    /// <summary>As a list has it.</summary>
    public string Word => Kind switch
    {
        CareFlagKind.LookDue => "look due",
        CareFlagKind.EndCame => "end date came",
        CareFlagKind.NoOwner => "no owner",
        CareFlagKind.OverPolicy => "over policy",
        CareFlagKind.Drift => "drift",
        _ => "unmanaged",
    };
}

/// <summary>The most pressing first.</summary>
public enum CareFlagKind
{
    EndCame,
    LookDue,
    NoOwner,
    OverPolicy,
    Drift,
    Unmanaged,
}
