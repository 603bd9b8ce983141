using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Reviews.Decide;

/// <summary>A request as its reviewer sees it, at one moment.</summary>
/// <param name="Cluster">With what other approved changes will take of it; null when the portal knows it no more.</param>
/// <param name="WhyNotYours">Why this person does not decide, and who does; null when they may.</param>
/// <param name="Checks">What the rules say of it at this moment; nothing for what is decided.</param>
/// <param name="WhyNotPossible">Why it cannot be approved as it is at this moment, with the figures; null when it can.</param>
/// <param name="OfPool">Earlier requests for the same pool, the latest first.</param>
/// <param name="OfTeam">Earlier requests of the team, the latest first.</param>
internal sealed record ReviewView(
    PoolChange Change,
    ClusterInView? Cluster,
    Refusal? WhyNotYours,
    IReadOnlyList<ReviewCheck> Checks,
    string? WhyNotPossible,
    IReadOnlyList<PoolChange> OfPool,
    IReadOnlyList<PoolChange> OfTeam)
{
    public bool Waits => Change.State is ChangeState.WaitingForReview;

    public bool WaitsForLook => Change is { IsUrgent: true, SeenAt: null };

    /// <summary>Server connections that the pool has now; 0 for a new one.</summary>
    public int Before => Change.BeforeFields?.Size ?? 0;

    /// <summary>Server connections of the cluster that other pools have.</summary>
    public int Others => (Cluster?.Facts.Used ?? 0) - (Cluster?.Facts.Pool(Change.PoolName)?.Size ?? 0);

    public int? Recommended => Cluster is null || Change.Mode is PoolMode.Session ? null : Sizing.Recommend(Cluster.Facts.Plan, Others + Cluster.OnTheWay);

    /// <summary>The largest size below the one that was asked for that can be had now; null when there is none.</summary>
    public int? LargestSmaller => Cluster is null ? null : RulesNow.LargestSmaller(Change, Cluster);
}

/// <param name="IsFine">Within the rules; else it is what somebody has to decide about, or what is in the way.</param>
internal sealed record ReviewCheck(bool IsFine, string Words);
