using Portal.Access;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Pools.Existing;

/// <summary>A pool as its pages show it, for one person.</summary>
/// <param name="Cluster">Null when the portal knows no such cluster.</param>
/// <param name="Pool">Null when it is not there.</param>
/// <param name="Vanished">The portal answered for a pool of this name, and it is gone without the portal's doing.</param>
/// <param name="Trouble">Why these are the figures of the last reading; null when they are of this moment.</param>
internal sealed record PoolView(Person Person, ClusterFacts? Cluster, PoolFacts? Pool, ManagedPool? Vanished, FailureWords? Trouble)
{
    /// <summary>Why the person may not do this; null when they may. What is not there nobody may change.</summary>
    public Refusal? WhyNot(ChangeKind kind, ExistingRules rules) => Pool is null
        ? new Refusal("The pool is not there any more.")
        : Pool.Fields is null
            ? new Refusal($"The pool has the mode {Pool.ModeText}, which this version of the portal does not know. It cannot be changed here.")
            : rules.WhyNot(Person, kind, Pool, team: null);

    public bool May(ChangeKind kind, ExistingRules rules) => WhyNot(kind, rules) is null;
}
