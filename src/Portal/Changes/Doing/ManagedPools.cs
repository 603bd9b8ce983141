using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Writes down that the portal answers for a pool from now on.</summary>
internal static class ManagedPools
{
    /// <summary>In the transaction in which the change ends.</summary>
    /// <param name="fields">The pool as it is: what the team was given.</param>
    public static async Task KeepAsync(PortalDbContext db, PoolChange change, PoolFields fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await InventoryReader.KeepPoolAsync(db, change.ClusterId, change.PoolName, fields, now, cancellationToken);
        var managed = await db.Set<ManagedPool>().FindAsync([change.ClusterId, change.PoolName], cancellationToken);
        if (managed is not null)
        {
            // What an older pool of this name left behind.
            db.Remove(managed);
            await db.SaveChangesAsync(cancellationToken);
        }

        db.Add(new ManagedPool
        {
            ClusterId = change.ClusterId,
            Name = change.PoolName,
            Team = change.Team,
            OwnerId = change.RequesterId,
            OwnerName = change.RequesterName,
            Purpose = change.Reason,
            Mode = fields.Mode,
            Size = fields.Size,
            Database = fields.Database,
            User = fields.User,
            ManagedSince = now,
            LastChangeId = change.Id,
            LastChangedAt = now,
        });
    }
}
