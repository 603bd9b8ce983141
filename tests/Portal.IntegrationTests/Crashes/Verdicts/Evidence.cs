using Portal.Audit;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>What is known at the end of a round, from three that do not know each other: the plan, the portal's database, the sandbox.</summary>
internal sealed record Evidence
{
    public required IReadOnlyList<PlannedChange> Plan { get; init; }

    /// <summary>The forms of which the portal said that it took them.</summary>
    public required IReadOnlySet<Guid> Taken { get; init; }

    public required IReadOnlyList<PoolChange> Changes { get; init; }

    public required IReadOnlyList<ManagedPool> Managed { get; init; }

    public required IReadOnlyList<AuditRow> Record { get; init; }

    /// <summary>The calls of this round.</summary>
    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }

    /// <summary>The pools as DigitalOcean has them.</summary>
    public required IReadOnlyDictionary<(Guid Cluster, string Pool), PoolFields> Standing { get; init; }

    /// <summary>Pools that stood there before, and that the portal never answered for.</summary>
    public required IReadOnlyDictionary<(Guid Cluster, string Pool), PoolFields> Others { get; init; }

    public PoolChange? ChangeOf(PlannedChange planned) => Changes.SingleOrDefault(change => change.FormId == planned.Form);

    /// <summary>How often a change took effect.</summary>
    public int EffectsOf(PlannedChange planned) => Ledger.Count(entry => planned.IsCall(entry) && entry.Effect is not Effect.None);
}
