namespace Portal.Changes;

/// <summary>What a person asked for.</summary>
public enum ChangeKind
{
    Create,

    /// <summary>Another size, everything else as it was.</summary>
    Resize,

    /// <summary>Another mode, database or user: what connects through the pool may notice.</summary>
    Edit,
    Delete,

    /// <summary>The portal answers for a pool as it stands at DigitalOcean; nothing is sent.</summary>
    Adopt,

    /// <summary>A new password for the database user of a pool.</summary>
    ResetPassword,
}

/// <summary>What the kinds have in common, and what tells them apart.</summary>
internal static class ChangeKinds
{
    /// <summary>The steps that people see, in order.</summary>
    public static IReadOnlyList<ChangeStepKind> StepsOf(ChangeKind kind) => kind switch
    {
        ChangeKind.Delete => [ChangeStepKind.CheckedPolicy, ChangeStepKind.Approved, ChangeStepKind.AskedDigitalOcean, ChangeStepKind.ReadBack],
        ChangeKind.Adopt => [ChangeStepKind.CheckedPolicy, ChangeStepKind.Approved, ChangeStepKind.ReadBack],
        ChangeKind.ResetPassword => [ChangeStepKind.CheckedPolicy, ChangeStepKind.Approved, ChangeStepKind.AskedDigitalOcean],
        _ => Enum.GetValues<ChangeStepKind>(),
    };

    /// <summary>Afterwards there is a pool to connect to.</summary>
    public static bool LeavesPool(this ChangeKind kind) => kind is not ChangeKind.Delete;

    /// <summary>Afterwards the pool is tested by connecting through it.</summary>
    public static bool IsTested(this ChangeKind kind) => StepsOf(kind).Contains(ChangeStepKind.TestedConnection);
}
