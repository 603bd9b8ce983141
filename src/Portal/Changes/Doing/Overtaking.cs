using Microsoft.EntityFrameworkCore;
using Portal.Audit;

namespace Portal.Changes;

/// <summary>Requests that wait for a review were made for a pool as it was; when another change of it is done, they are about nothing any more.</summary>
internal static class Overtaking
{
    /// <summary>In the transaction in which <paramref name="done"/> ends.</summary>
    public static async Task FailOthersAsync(AuditedWork work, PoolChange done, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!ChangesFields(done.Kind))
        {
            return;
        }

        var waiting = await work.Db.Set<PoolChange>()
            .Where(change => change.ClusterId == done.ClusterId && change.PoolName == done.PoolName && change.Id != done.Id && change.State == ChangeState.WaitingForReview)
            .ToListAsync(cancellationToken);
        foreach (var change in waiting.Where(change => ChangesFields(change.Kind) || done.Kind is ChangeKind.Delete))
        {
            change.MoveTo(ChangeState.Failed, now);
            change.Say($"Overtaken by change {done.Id}, which was carried out first.", "Look at the pool as it is now, and ask again if it is still wanted.");
            work.Record(change.Entry(AuditAction.Overtaken));
        }
    }

    private static bool ChangesFields(ChangeKind kind) => kind is ChangeKind.Create or ChangeKind.Resize or ChangeKind.Edit or ChangeKind.Delete;
}
