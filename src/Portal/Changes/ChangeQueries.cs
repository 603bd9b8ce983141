using Microsoft.EntityFrameworkCore;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Reading changes, and clusters together with what is on its way to them.</summary>
internal sealed class ChangeQueries(Database database, InventoryQueries inventory)
{
    public const int PageSize = 50;

    private const int LookBack = 10_000;

    private static readonly IReadOnlyList<ChangeKind> TakesConnections = [ChangeKind.Create, ChangeKind.Resize, ChangeKind.Edit];

    public Task<PoolChange?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Set<PoolChange>().Include(change => change.Steps.OrderBy(step => step.Id)).SingleOrDefaultAsync(change => change.Id == id, cancellationToken),
            cancellationToken);

    /// <summary>Newest first: one page, and whether there are more.</summary>
    public async Task<(IReadOnlyList<PoolChange> Changes, bool HasMore)> ListAsync(int page, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            db => db.Set<PoolChange>().OrderByDescending(change => change.Id).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellationToken),
            cancellationToken);
        return (rows.Take(PageSize).ToList(), rows.Count > PageSize);
    }

    /// <summary>What was asked for of one pool, newest first.</summary>
    public async Task<IReadOnlyList<PoolChange>> OfPoolAsync(Guid cluster, string pool, int atMost, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            db => db.Set<PoolChange>().Where(change => change.ClusterId == cluster && change.PoolName == pool)
                .OrderByDescending(change => change.Id).Take(atMost).ToListAsync(cancellationToken),
            cancellationToken);

    /// <summary>What a team asked for before one of its changes, newest first, among the last of all teams.</summary>
    // An end to the looking: a team that asks for little would else be looked for through the whole table.
    public async Task<IReadOnlyList<PoolChange>> OfTeamAsync(string team, long before, int atMost, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            db => db.Set<PoolChange>().Where(change => change.Id < before && change.Id >= before - LookBack && change.Team == team)
                .OrderByDescending(change => change.Id).Take(atMost).ToListAsync(cancellationToken),
            cancellationToken);

    /// <summary>How many of the person's changes are not finished; what the header shows.</summary>
    public Task<int> CountUnfinishedAsync(string personId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Set<PoolChange>().CountAsync(
                change => change.RequesterId == personId && !ChangeStates.Finished.Contains(change.State),
                cancellationToken),
            cancellationToken);

    public Task<PoolChange?> FindByFormAsync(string personId, Guid form, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Set<PoolChange>().SingleOrDefaultAsync(change => change.FormId == form && change.RequesterId == personId, cancellationToken),
            cancellationToken);

    /// <summary>The cluster and the connections that approved changes will still take of it; null when there is no such cluster.</summary>
    public async Task<ClusterInView?> ViewAsync(Guid cluster, CancellationToken cancellationToken) =>
        await inventory.FindAsync(cluster, cancellationToken) is { } facts ? await ViewAsync(facts, except: null, cancellationToken) : null;

    /// <param name="except">A change that is not to be counted: the one that is being decided.</param>
    public Task<ClusterInView> ViewAsync(ClusterFacts facts, long? except, CancellationToken cancellationToken) =>
        database.ReadAsync(db => ViewAsync(db, facts, except, cancellationToken), cancellationToken);

    /// <summary>As the transaction of this context sees it.</summary>
    public static async Task<ClusterInView> ViewAsync(PortalDbContext db, ClusterFacts facts, long? except, CancellationToken cancellationToken)
    {
        var coming = await db.Set<PoolChange>()
            .Where(change => change.ClusterId == facts.Id && change.Id != except && TakesConnections.Contains(change.Kind) && ChangeStates.Active.Contains(change.State))
            .Select(change => new { change.PoolName, change.Size, change.Team })
            .ToListAsync(cancellationToken);
        var added = coming.ToLookup(
            change => change.Team, change => Math.Max(0, change.Size - (facts.Pool(change.PoolName)?.Size ?? 0)), StringComparer.Ordinal);
        return new ClusterInView(facts, added.Sum(team => team.Sum()))
        {
            OnTheWayOf = added.ToDictionary(team => team.Key, team => team.Sum(), StringComparer.Ordinal),
        };
    }
}
