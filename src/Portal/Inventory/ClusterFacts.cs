using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>A cluster with its pools, as a form and a policy need them.</summary>
/// <param name="PoolsReadAt">How old the list of pools is; null when it was never read.</param>
public sealed record ClusterFacts(
    ClusterIdentity Identity,
    string Status,
    string Region,
    ClusterPlan Plan,
    IReadOnlyList<string> Databases,
    IReadOnlyList<string> Users,
    IReadOnlyList<PoolFacts> Pools,
    DateTimeOffset? PoolsReadAt)
{
    /// <summary>For a read replica the cluster whose data it has; null for a cluster.</summary>
    public Guid? PrimaryId { get; init; }

    /// <summary>The name of that cluster.</summary>
    public string? PrimaryName { get; init; }

    /// <summary>The plan as DigitalOcean names it, for example <c>db-s-2vcpu-4gb</c>.</summary>
    public string SizeSlug { get; init; } = "";

    /// <summary>When its read replicas were last listed; null before the first time, and for a replica.</summary>
    public DateTimeOffset? ReplicasReadAt { get; init; }

    public Guid Id => Identity.Id;

    public bool IsReplica => PrimaryId is not null;

    /// <summary>What whoever chooses it has to know: "read only, replica of orders-prod"; null for a cluster.</summary>
    public string? ReplicaWords => IsReplica ? $"read only, replica of {PrimaryName ?? "another cluster"}" : null;

    public string Name => Identity.Name;

    /// <summary>Server connections that all pools and direct connections share; null for a plan we do not know.</summary>
    public int? Budget => Plan.Budget;

    /// <summary>The pool of this name; null when there is none.</summary>
    public PoolFacts? Pool(string name) => Pools.FirstOrDefault(pool => pool.Name == name);

    /// <summary>The sum of all pools' sizes.</summary>
    public int Used => Pools.Sum(pool => pool.Size);

    /// <summary>Budget less what pools use; may be negative after a cluster was made smaller.</summary>
    public int? Free => Budget - Used;

    /// <summary>Why nothing of the cluster's pools can be changed at this moment, or null when it can.</summary>
    public string? WhyNoChange => Status is "online" ? null : $"being {WordOf(Status)}: no changes now";

    /// <summary>Why the cluster cannot take a pool at this moment, or null when it can.</summary>
    public string? WhyNoPool => WhyNot(Status, Pools.Count, Free);

    /// <param name="free">Null when the plan is unknown: that is no reason.</param>
    internal static string? WhyNot(string status, int pools, int? free) => (status, pools, free) switch
    {
        (not "online", _, _) => $"being {WordOf(status)}: no changes now",
        (_, >= PoolLimits.MaximumPoolsPerCluster, _) => $"has {pools} pools already, the most a cluster can have",
        (_, _, <= 0) => "0 connections free",
        _ => null,
    };

    /// <summary>How it stands, in a word or two: "online", "being resized".</summary>
    public string StateWords => Status is "online" ? "online" : $"being {WordOf(Status)}";

    private static string WordOf(string status) => status switch
    {
        "creating" => "created",
        "resizing" => "resized",
        "migrating" => "migrated",
        "forking" => "copied",
        _ => $"worked on ({status})",
    };
}

/// <param name="ModeText">As DigitalOcean writes it.</param>
/// <param name="Size">Server connections.</param>
/// <param name="User">Null for an inbound-user pool.</param>
/// <param name="FirstSeenAt">When a reading first showed the name.</param>
/// <param name="Managed">What the portal knows of it; null for a pool made elsewhere.</param>
public sealed record PoolFacts(
    Guid ClusterId,
    string Name,
    string ModeText,
    int Size,
    string Database,
    string? User,
    DateTimeOffset FirstSeenAt,
    ManagedPool? Managed)
{
    /// <summary>What can be compared and sent back; null when the mode is a word we do not know.</summary>
    public PoolFields? Fields => PoolModes.Parse(ModeText) is { } mode ? new(mode, Size, Database, User) : null;

    public PoolState State => this switch
    {
        { Managed: null } => PoolState.Unmanaged,
        { HasDrifted: true } => PoolState.Drift,
        _ => PoolState.Live,
    };

    /// <summary>The pool is managed, and somebody changed it elsewhere.</summary>
    public bool HasDrifted => Managed is not null && Managed.Fields != Fields;
}

/// <summary>How a pool that was listed stands to what the portal knows of it.</summary>
public enum PoolState
{
    /// <summary>Managed, and as its last change left it.</summary>
    Live,

    /// <summary>Managed, but changed elsewhere.</summary>
    Drift,

    /// <summary>Made elsewhere, and not adopted.</summary>
    Unmanaged,
}
