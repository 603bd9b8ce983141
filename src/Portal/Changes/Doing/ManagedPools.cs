using Microsoft.EntityFrameworkCore;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Writes down what the portal answers for, in the transaction in which a change ends.</summary>
internal static class ManagedPools
{
    /// <summary>What becomes of a pool in the portal's own books when its change is done.</summary>
    public delegate Task Keeping(PortalDbContext db, PoolChange change, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Nothing changes in the books.</summary>
    public static readonly Keeping Nothing = (_, _, _, _) => Task.CompletedTask;

    /// <summary>The pool and all that was known of it are gone.</summary>
    public static readonly Keeping Forget = async (db, change, now, token) =>
    {
        await InventoryReader.ForgetPoolAsync(db, change.ClusterId, change.PoolName, now, token);
        await db.Set<ManagedPool>().Where(pool => pool.ClusterId == change.ClusterId && pool.Name == change.PoolName).ExecuteDeleteAsync(token);
        await LastTests.ForgetAsync(db, change.ClusterId, change.PoolName, token);
    };

    /// <summary>A pool that is new to the portal: it is the team's, and who asked for it owns it.</summary>
    /// <param name="fields">The pool as it is: what the team was given.</param>
    public static Keeping Begin(PoolFields fields) => async (db, change, now, token) =>
    {
        await InventoryReader.KeepPoolAsync(db, change.ClusterId, change.PoolName, fields, now, token);
        if (await db.Set<ManagedPool>().FindAsync([change.ClusterId, change.PoolName], token) is { } older)
        {
            // What an older pool of this name left behind.
            db.Remove(older);
            await db.SaveChangesAsync(token);
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
            EndsAt = change.EndsAt,
        });
    };

    /// <summary>
    /// A pool that the portal answers for has another size now. Nothing else is taken over: what somebody changed elsewhere meanwhile has
    /// been approved by nobody, and stays a drift.
    /// </summary>
    public static Keeping Resize(PoolFields fields) => async (db, change, now, token) =>
    {
        var managed = await db.Set<ManagedPool>().FindAsync([change.ClusterId, change.PoolName], token);
        await Update(managed is null ? fields : managed.Fields with { Size = fields.Size })(db, change, now, token);
        await InventoryReader.KeepPoolAsync(db, change.ClusterId, change.PoolName, fields, now, token);
    };

    /// <summary>A pool that the portal answers for has other fields now; whose it is stays.</summary>
    public static Keeping Update(PoolFields fields) => async (db, change, now, token) =>
    {
        if (await db.Set<ManagedPool>().FindAsync([change.ClusterId, change.PoolName], token) is not { } managed)
        {
            await Begin(fields)(db, change, now, token);
            return;
        }

        await InventoryReader.KeepPoolAsync(db, change.ClusterId, change.PoolName, fields, now, token);
        managed.Mode = fields.Mode;
        managed.Size = fields.Size;
        managed.Database = fields.Database;
        managed.User = fields.User;
        managed.LastChangeId = change.Id;
        managed.LastChangedAt = now;
    };
}
