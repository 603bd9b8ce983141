using Microsoft.EntityFrameworkCore;
using Portal.Changes;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Rehearsal;

/// <summary>What only time brings: a look that is due, an owner who has left, an end date that has come. It cannot be played, so it is written down.</summary>
internal sealed class Past(Database database, BoardKeeper board, EndDates endDates, TimeProvider clock)
{
    /// <summary>The pool was looked at a quarter ago, and whose it was has left since.</summary>
    public async Task LeaveBehindAsync(Guid cluster, string pool, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            (db, token) => db.Set<ManagedPool>().Where(row => row.ClusterId == cluster && row.Name == pool).ExecuteUpdateAsync(
                row => row
                    .SetProperty(managed => managed.OwnerId, "left")
                    .SetProperty(managed => managed.OwnerName, "Frida Former")
                    .SetProperty(managed => managed.LastLookAt, now.AddDays(-93))
                    .SetProperty(managed => managed.LastLookBy, "Lee Lead")
                    .SetProperty(managed => managed.NextLookAt, now.AddDays(-3)),
                token),
            cancellationToken);
        await board.ReloadAsync(cluster, cancellationToken);
    }

    /// <summary>The pool was wanted until yesterday, so the portal asks whether it may go.</summary>
    public async Task EndAsync(Guid cluster, string pool, CancellationToken cancellationToken)
    {
        var yesterday = clock.GetUtcNow().AddDays(-1);
        await database.WriteAsync(
            (db, token) => db.Set<ManagedPool>().Where(row => row.ClusterId == cluster && row.Name == pool)
                .ExecuteUpdateAsync(row => row.SetProperty(managed => managed.EndsAt, yesterday), token),
            cancellationToken);
        await board.ReloadAsync(cluster, cancellationToken);
        await endDates.LookAsync(cancellationToken);
    }
}
