using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>All that a round does, drawn from its seed alone: another run of it asks for the same changes, with the same faults, and kills at the same point.</summary>
internal sealed record RoundPlan
{
    /// <summary>How many rounds a world has room for: each works on clusters of its own.</summary>
    public const int RoundsInWorld = 10;

    public const int ClustersInRound = 3;

    private const int ChangesOnCluster = 12;

    /// <summary>Pools that stand on each cluster, and how many of them the portal answers for.</summary>
    private const int Standing = 14;
    private const int Owned = 10;

    private const int FewestHeld = 30;

    /// <summary>Of a random kill, whose steps are calls and commands of the database: about as many as the first few changes take.</summary>
    private const int LatestStep = 200;

    private static readonly ChangeKind[] OfEach =
    [
        ChangeKind.Create, ChangeKind.Create, ChangeKind.Resize, ChangeKind.Resize, ChangeKind.Edit, ChangeKind.Delete, ChangeKind.Adopt, ChangeKind.ResetPassword,
    ];

    private static readonly ChangeKind[] More = [ChangeKind.Create, ChangeKind.Resize, ChangeKind.Edit, ChangeKind.Delete];

    private static readonly KillPoint[] Points =
    [
        KillPoint.AfterIntent, KillPoint.AfterSend, KillPoint.AfterAnswer, KillPoint.BeforeCommit, KillPoint.AfterCommit, KillPoint.InAudit, KillPoint.InReadBack,
        KillPoint.Random, KillPoint.Random, KillPoint.Random,
    ];

    public required int Seed { get; init; }

    public required int Round { get; init; }

    public required KillPoint Point { get; init; }

    /// <summary>Which time the point is reached.</summary>
    public required int Times { get; init; }

    /// <summary>How many changes are asked for before the first is carried out, so that all these are in flight; the others come in while those run and while the portal dies.</summary>
    public required int Held { get; init; }

    public required IReadOnlyList<Nuisance> Nuisances { get; init; }

    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>Faults of reading, besides those of the changes' own calls.</summary>
    public required IReadOnlyList<Fault> Readings { get; init; }

    public IReadOnlyList<Guid> Clusters => ClustersOf(Round);

    public static IReadOnlyList<Guid> ClustersOf(int round) =>
        [.. Enumerable.Range(1, ClustersInRound).Select(number => SandboxClusters.Extra((round % RoundsInWorld * ClustersInRound) + number))];

    public static RoundPlan Draw(int seed, int round)
    {
#pragma warning disable CA5394 // A seed is to be followed, not kept secret.
        var random = new Random((seed * 1_000_003) + round);
        var point = Points[round % Points.Length];
        var changes = ClustersOf(round).SelectMany(cluster => Draw(cluster, random)).ToArray();
        random.Shuffle(changes);
        var nuisances = Enum.GetValues<Nuisance>();
        var first = nuisances[round % nuisances.Length];
        var second = nuisances[random.Next(nuisances.Length)];
        return new RoundPlan
        {
            Seed = seed,
            Round = round,
            Point = point,
            Times = point is KillPoint.Random ? random.Next(1, LatestStep) : random.Next(1, 7),
            // While a disk fills up some end.
            Held = random.Next(2) == 0 || first is Nuisance.DiskFull || second is Nuisance.DiskFull ? changes.Length : FewestHeld,
            Nuisances = first == second || random.Next(2) == 0 ? [first] : [first, second],
            Changes = changes,
            Readings = [.. ClustersOf(round).SelectMany(cluster => Enumerable.Range(0, 2).Select(_ => FaultChoice.OfReading($"/v2/databases/{cluster}/pools/*", random)))],
        };
#pragma warning restore CA5394
    }

    /// <summary>What stands on a cluster of the sandbox when the round begins.</summary>
    public static IReadOnlyList<OwnedPool> PoolsOf(Guid cluster, bool isOwned) =>
        [.. Enumerable.Range(1, Standing).Where(number => number <= Owned == isOwned).Select(number => new OwnedPool(
            cluster, $"pool-{number:00}", number % 4 == 0 ? "session" : "transaction", 1 + (number % 8), "app", number == 1 ? "app2" : "app"))];

    private static IEnumerable<PlannedChange> Draw(Guid cluster, Random random)
    {
#pragma warning disable CA5394
        var owned = new Stack<OwnedPool>(Shuffled(PoolsOf(cluster, isOwned: true).Skip(1), random));
        var others = new Stack<OwnedPool>(Shuffled(PoolsOf(cluster, isOwned: false), random));
        ChangeKind[] kinds = [.. OfEach, .. Enumerable.Range(OfEach.Length, ChangesOnCluster - OfEach.Length).Select(_ => More[random.Next(More.Length)])];
        var created = 0;
        foreach (var kind in kinds)
        {
            // The user of a reset is behind one pool only, so that the ledger's row of it is this change's.
            var pool = kind switch
            {
                ChangeKind.Create => null,
                ChangeKind.Adopt => others.Pop(),
                ChangeKind.ResetPassword => PoolsOf(cluster, isOwned: true)[0],
                _ => owned.Pop(),
            };
            var before = pool is null ? null : new PoolFields(PoolModes.Parse(pool.Mode)!.Value, pool.Size, pool.Database, pool.User);
            var wanted = kind switch
            {
                ChangeKind.Create => new PoolFields((PoolMode)random.Next(3), random.Next(1, 8), "app", "app"),
                ChangeKind.Resize => before! with { Size = before.Size + random.Next(1, 8) },
                ChangeKind.Edit => before! with { Mode = PoolMode.Statement, User = "app2" },
                _ => before!,
            };
            var name = pool?.Name ?? $"made-{++created:00}";
            var form = new byte[16];
            random.NextBytes(form);
            yield return new PlannedChange(
                new Guid(form), kind, cluster, name, before, wanted, FaultChoice.For(kind, PlannedChange.PathOf(kind, cluster, name, wanted.User), random));
        }
#pragma warning restore CA5394
    }

    private static OwnedPool[] Shuffled(IEnumerable<OwnedPool> pools, Random random)
    {
        var all = pools.ToArray();
        random.Shuffle(all);
        return all;
    }
}
