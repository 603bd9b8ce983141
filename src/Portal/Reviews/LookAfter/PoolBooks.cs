using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Reviews.LookAfter;

/// <summary>Writes what the portal answers for, for many pools in one transaction together with their rows in the record.</summary>
internal sealed class PoolBooks(AuditLog audit, Refusals refusals, BoardKeeper board, Database database)
{
    /// <summary>As many as a person can still look through; a browser that sends more was not used by hand.</summary>
    public const int MostAtOnce = 200;

    private const string NothingWritten = "The portal cannot write to its database, so nothing was done. Try again; if it stays so, tell an admin.";

    /// <summary>What is done with one pool that the person may do it with; it records what it does.</summary>
    public delegate CareOutcome Writing(AuditedWork work, ManagedPool pool);

    /// <param name="pools">In the order of the outcomes.</param>
    /// <param name="whyNot">The right, asked once for each pool.</param>
    /// <param name="prepare">Reads what the writing needs, once for all.</param>
    public async Task<Result<CareOutcomes, NotTaken>> WriteAsync(
        Person person,
        IReadOnlyList<PoolKey> pools,
        Func<ManagedPool, Refusal?> whyNot,
        Func<AuditedWork, CancellationToken, Task<Writing>> prepare,
        CancellationToken cancellationToken)
    {
        if (WhyNotSoMany(pools.Count) is { } tooMany)
        {
            return tooMany;
        }

        try
        {
            List<PoolKey> refused = [];
            var outcomes = await audit.CommitAsync(
                async (work, token) =>
                {
                    await Database.LockAsync(work.Db, WriteLock.Inventory, token);
                    var managed = await Of(work.Db, pools).ToDictionaryAsync(PoolKey.Of, token);
                    var write = await prepare(work, token);
                    refused = [.. pools.Where(key => managed.TryGetValue(key, out var pool) && whyNot(pool) is not null)];
                    return pools.Select(key => !managed.TryGetValue(key, out var pool) ? CareOutcome.Gone(key)
                        : whyNot(pool) is { } refusal ? CareOutcome.Refused(key, refusal.Message)
                        : write(work, pool)).ToList();
                },
                cancellationToken);
            foreach (var cluster in outcomes.Where(outcome => outcome.Result is CareResult.Done).Select(outcome => outcome.Pool.ClusterId).Distinct())
            {
                await board.ReloadAsync(cluster, CancellationToken.None);
            }

            await RecordRefusedAsync(person, refused);
            return new CareOutcomes(outcomes);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return NotTaken.Because(NothingWritten);
        }
    }

    /// <summary>What the portal answers for, of these pools.</summary>
    public async Task<IReadOnlyDictionary<PoolKey, ManagedPool>> FindAsync(IReadOnlyList<PoolKey> pools, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => Of(db, pools).ToDictionaryAsync(PoolKey.Of, cancellationToken), cancellationToken);

    /// <summary>Records that somebody tried what they may not.</summary>
    public Task RecordRefusedAsync(Person person, IReadOnlyList<PoolKey> refused) =>
        refused.Count == 0 ? Task.CompletedTask : refusals.RecordAsync(person, RefusedEntry(person, refused));

    public static NotTaken? WhyNotSoMany(int count) => count switch
    {
        0 => NotTaken.Because("Choose at least one pool."),
        > MostAtOnce => NotTaken.Because($"Choose {MostAtOnce} pools or fewer at once."),
        _ => null,
    };

    // By names over all of the clusters: a few rows more than asked for, which nobody looks up.
    private static IQueryable<ManagedPool> Of(PortalDbContext db, IReadOnlyList<PoolKey> pools)
    {
        var clusters = pools.Select(pool => pool.ClusterId).Distinct().ToList();
        var names = pools.Select(pool => pool.Name).Distinct(StringComparer.Ordinal).ToList();
        return db.Set<ManagedPool>().Where(pool => clusters.Contains(pool.ClusterId) && names.Contains(pool.Name));
    }

    // One row however many pools: what was tried is said, and a browser that tries again and again does not fill the record with pools.
    private static AuditEntry RefusedEntry(Person person, IReadOnlyList<PoolKey> refused) => new(AuditAction.ActionRefused)
    {
        Actor = new AuditActor(person.Id, person.Name),
        ClusterId = refused[0].ClusterId,
        Pool = refused[0].Name,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["what"] = "looking after",
            ["pools"] = refused.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
    };
}
