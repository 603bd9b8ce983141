using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>What a refresh on demand did, in words for whoever asked.</summary>
public sealed record RefreshOutcome(bool IsComplete, string Words);

/// <summary>Reads clusters again because somebody wants to see them as they are now.</summary>
/// <remarks>It takes of the calls that are kept for people, and leaves half of them: a change that waits for its turn needs some too.</remarks>
internal sealed class RefreshDesk(Sessions sessions, InventoryReader inventory, BoardKeeper board, CallBudget budget, InventoryFeed feed, TimeProvider clock)
{
    /// <summary>As many clusters as a page of pools can have.</summary>
    public const int Most = PoolPage.Size;

    /// <summary>What was read just now is not read again: a second click costs nothing.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    /// <summary>One cluster, whole: what it is and its pools.</summary>
    public async Task<RefreshOutcome> ReadOneAsync(SessionKey session, Guid cluster, CancellationToken cancellationToken)
    {
        if (await WhyNotAsync(session, cancellationToken) is { } refusal)
        {
            return new RefreshOutcome(IsComplete: false, refusal.Message);
        }

        var before = (await board.ViewAsync(cancellationToken)).Find(cluster);
        var answer = await inventory.ReadClusterAsync(cluster, cancellationToken);
        if (!answer.TryGet(out var after, out var failure))
        {
            var words = FailureWords.Of(failure);
            Hear(failure, words);
            return new RefreshOutcome(IsComplete: false, $"{before?.Name ?? "The cluster"} could not be read again. {words.Happened}");
        }

        feed.Succeeded();
        return new RefreshOutcome(IsComplete: true, $"{after.Name} was read again. {RefreshDifference.Words([(before, after)])}");
    }

    /// <summary>The pools of what somebody is looking at. Without any cluster, the list of clusters.</summary>
    public async Task<RefreshOutcome> ReadShownAsync(SessionKey session, IReadOnlyList<Guid> shown, CancellationToken cancellationToken)
    {
        if (await WhyNotAsync(session, cancellationToken) is { } refusal)
        {
            return new RefreshOutcome(IsComplete: false, refusal.Message);
        }

        if (shown.Count == 0)
        {
            return await ReadListAsync(cancellationToken);
        }

        var before = await board.ViewAsync(cancellationToken);
        var limit = clock.GetUtcNow() - FreshFor;
        var known = shown.Distinct().Select(before.Find).OfType<ClusterFacts>().Take(Most).ToList();
        var stale = known.Where(cluster => cluster.PoolsReadAt is null || cluster.PoolsReadAt < limit).OrderBy(cluster => cluster.PoolsReadAt).ToList();
        var affordable = stale.Take(budget.Room(CallFor.People) / 2).ToList();
        return await ReadAsync(affordable, Held(stale.Count - affordable.Count), cancellationToken);
    }

    private async Task<RefreshOutcome> ReadAsync(List<ClusterFacts> clusters, string? held, CancellationToken cancellationToken)
    {
        List<(ClusterFacts? Before, ClusterFacts After)> read = [];
        foreach (var batch in clusters.Chunk(RefreshWork.AtATime))
        {
            var failures = await Task.WhenAll(batch.Select(cluster => inventory.ReadPoolsAsync(cluster.Id, cancellationToken)));
            var now = await board.ViewAsync(cancellationToken);
            read.AddRange(batch.Where((_, index) => failures[index] is null).Select(cluster => (Before: (ClusterFacts?)cluster, After: now.Find(cluster.Id) ?? cluster)));
            if (failures.FirstOrDefault(failure => failure is not null and not { Kind: ApiFailureKind.NotFound }) is { } failure)
            {
                var words = FailureWords.Of(failure);
                Hear(failure, words);
                return new RefreshOutcome(IsComplete: false, $"{RefreshDifference.Count(read.Count)} of {clusters.Count} read again, then it was given up. {words.Happened}");
            }
        }

        if (read.Count > 0)
        {
            feed.Succeeded();
        }

        if (clusters.Count == 0)
        {
            return new RefreshOutcome(held is null, held ?? "All of it was read a moment ago.");
        }

        var done = $"{RefreshDifference.Count(read.Count)} read again. {RefreshDifference.Words(read)}";
        return new RefreshOutcome(held is null, held is null ? done : $"{done} {held}");
    }

    private async Task<RefreshOutcome> ReadListAsync(CancellationToken cancellationToken)
    {
        if (await inventory.ReadClustersAsync(cancellationToken) is { } failure)
        {
            var words = FailureWords.Of(failure);
            Hear(failure, words);
            return new RefreshOutcome(IsComplete: false, $"The list of clusters could not be read. {words.Happened}");
        }

        feed.Succeeded();
        var count = (await board.ViewAsync(cancellationToken)).Clusters.Count;
        return new RefreshOutcome(IsComplete: true, count == 0 ? "The list was read: there is no PostgreSQL cluster." : $"The list was read: {RefreshDifference.Count(count)}.");
    }

    private static string? Held(int left) =>
        left == 0 ? null : $"{RefreshDifference.Count(left)} left to the background: the calls that remain are kept for changes.";

    private async Task<Refusal?> WhyNotAsync(SessionKey session, CancellationToken cancellationToken) =>
        !(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended) ? ended
        : person.Roles.Count == 0 ? new Refusal("You have no role in the portal. Ask an admin for one.")
        : null;

    // What one cluster answers says nothing of the others; that nobody answers does.
    private void Hear(ApiFailure failure, FailureWords words)
    {
        if (failure.Kind is not (ApiFailureKind.NotFound or ApiFailureKind.Rejected or ApiFailureKind.Conflict or ApiFailureKind.NotReady))
        {
            feed.Failed(words.Happened);
        }
    }
}
