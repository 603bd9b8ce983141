using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>What the background reads next, and what it makes of the answers. One turn after the other; it never waits by itself.</summary>
/// <remarks>
/// The stalest first. <see cref="InventoryOptions.RefreshAfter"/> is the wish, <see cref="CallBudget"/> the limit: with more clusters than
/// calls all of them grow old alike, and none older than the sweep over all takes. Read replicas take at most every tenth call.
/// </remarks>
internal sealed class RefreshWork(
    IInventoryReading inventory,
    InventoryBoard board,
    CallBudget budget,
    InventoryFeed feed,
    IOptions<InventoryOptions> options,
    TimeProvider clock,
    ILogger<RefreshWork> logger)
{
    /// <summary>Calls under way at once: enough to keep the pace when an answer takes three seconds.</summary>
    public const int AtATime = 4;

    /// <summary>While pools wait to be read, the replicas of one cluster are listed after so many other readings.</summary>
    public const int ReadingsForOneOfReplicas = 9;

    public static readonly TimeSpan ReplicasAfter = TimeSpan.FromHours(1);

    private const int FailuresThatAreTrouble = 3;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseOfOne = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Reading, DateTimeOffset> _notBefore = [];
    private DateTimeOffset? _clustersReadAt;
    private DateTimeOffset _pausedUntil;
    private int _failuresInARow;
    private int _readingsSinceReplicas;

    private enum Subject
    {
        Clusters,
        Pools,
        Replicas,
    }

    /// <summary>Reads what is due and may be read now.</summary>
    /// <returns>How long until there can be something to do again.</returns>
    public async Task<TimeSpan> TurnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            if (_pausedUntil > now)
            {
                return _pausedUntil - now;
            }

            if (budget.WaitFor(CallFor.Background) is { Ticks: > 0 } wait)
            {
                return wait;
            }

            var due = Due(now, Math.Min(AtATime, budget.Room(CallFor.Background)));
            if (due.Count == 0)
            {
                return Idle;
            }

            var answers = await Task.WhenAll(due.Select(reading => ReadAsync(reading, cancellationToken)));
            foreach (var (reading, failure) in due.Zip(answers))
            {
                Hear(reading, failure, clock.GetUtcNow());
            }
        }
    }

    private List<Reading> Due(DateTimeOffset now, int count)
    {
        if (IsOlder(_clustersReadAt, now, options.Value.RefreshAfter) && MayBe(new Reading(Subject.Clusters, Guid.Empty), now))
        {
            return [new Reading(Subject.Clusters, Guid.Empty)];
        }

        var clusters = board.View.Clusters;
        var pools = Oldest(clusters, Subject.Pools, cluster => cluster.PoolsReadAt, options.Value.RefreshAfter, now, count);
        var isTurnOfReplicas = pools.Count < count || _readingsSinceReplicas >= ReadingsForOneOfReplicas;
        if (!isTurnOfReplicas)
        {
            return pools;
        }

        var room = pools.Count < count ? count - pools.Count : 1;
        var replicas = Oldest(clusters.Where(cluster => !cluster.IsReplica), Subject.Replicas, cluster => cluster.ReplicasReadAt, ReplicasAfter, now, room);
        return [.. replicas, .. pools.Take(count - replicas.Count)];
    }

    private List<Reading> Oldest(
        IEnumerable<ClusterFacts> clusters, Subject subject, Func<ClusterFacts, DateTimeOffset?> readAt, TimeSpan after, DateTimeOffset now, int count) =>
        [.. clusters
            .Where(cluster => IsOlder(readAt(cluster), now, after) && (_notBefore.Count == 0 || MayBe(new Reading(subject, cluster.Id), now)))
            .OrderBy(cluster => readAt(cluster) ?? DateTimeOffset.MinValue)
            .Take(count)
            .Select(cluster => new Reading(subject, cluster.Id))];

    private Task<ApiFailure?> ReadAsync(Reading reading, CancellationToken cancellationToken) => reading.Subject switch
    {
        Subject.Clusters => inventory.ReadClustersAsync(cancellationToken),
        Subject.Pools => inventory.ReadPoolsAsync(reading.Cluster, cancellationToken),
        _ => inventory.ReadReplicasAsync(reading.Cluster, cancellationToken),
    };

    private void Hear(Reading reading, ApiFailure? failure, DateTimeOffset now)
    {
        _readingsSinceReplicas = reading.Subject is Subject.Replicas ? 0 : _readingsSinceReplicas + 1;
        if (failure is null)
        {
            _notBefore.Remove(reading);
            _failuresInARow = 0;
            _clustersReadAt = reading.Subject is Subject.Clusters ? now : _clustersReadAt;
            feed.Succeeded();
            return;
        }

        if (failure is { Kind: ApiFailureKind.Throttled } && budget.WaitFor(CallFor.Background) > TimeSpan.Zero)
        {
            // People were quicker. It was not sent, and its turn comes.
            return;
        }

        // One cluster that cannot be read must not keep the others from being read.
        _notBefore[reading] = now + PauseOfOne;
        if (failure.Kind is ApiFailureKind.NotFound && reading.Subject is not Subject.Clusters)
        {
            // Gone since the list was read, which leaves it out next time.
            return;
        }

        var words = FailureWords.Of(failure).Happened;
        logger.InventoryNotRefreshed(words);
        _failuresInARow++;
        if (IsOfAll(reading, failure) || _failuresInARow >= FailuresThatAreTrouble)
        {
            _notBefore.Remove(reading);
            _pausedUntil = Later(now + PauseAfterFailure, failure.RetryAt);
            feed.Failed(words);
        }
    }

    private bool MayBe(Reading reading, DateTimeOffset now) => !_notBefore.TryGetValue(reading, out var notBefore) || notBefore <= now;

    private static bool IsOfAll(Reading reading, ApiFailure failure) =>
        reading.Subject is Subject.Clusters
        || failure.Kind is ApiFailureKind.NotSent or ApiFailureKind.NoToken or ApiFailureKind.Unauthorized or ApiFailureKind.Forbidden or ApiFailureKind.Throttled;

    private static bool IsOlder(DateTimeOffset? readAt, DateTimeOffset now, TimeSpan age) => readAt is null || now - readAt >= age;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;

    private sealed record Reading(Subject Subject, Guid Cluster);
}
