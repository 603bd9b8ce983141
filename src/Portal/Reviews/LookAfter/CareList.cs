using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Changes;
using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Reviews.LookAfter;

/// <summary>One page of the pools that a person looks after.</summary>
/// <param name="Total">How many rows all pages of what is shown have.</param>
/// <param name="Number">From 1: the last page when a later one was asked for.</param>
/// <param name="Counts">How many there are of each kind, whatever is shown; with team and search.</param>
/// <param name="Teams">Whose pools these may be.</param>
public sealed record CareView(
    IReadOnlyList<CareRow> Rows, int Total, int Number, IReadOnlyDictionary<CareShow, int> Counts, IReadOnlyList<string> Teams, bool IsLead)
{
    public const int PageSize = 50;

    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

/// <summary>The pools of a lead's teams, and for admins those of all, with what there is to know about each.</summary>
/// <remarks>Pools, dates and policy come from the board; the database is asked a fixed number of times, for the rows of the page, however many pools there are.</remarks>
internal sealed class CareList(
    Sessions sessions,
    Teams teams,
    People people,
    CareRights rights,
    CareFlags flags,
    BoardKeeper board,
    ConnectionHistory history,
    LastTests tests,
    Database database,
    IOptions<ChangesOptions> options)
{
    public async Task<Result<CareView, Refusal>> ReadAsync(SessionKey session, CareQuery query, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return ended;
        }

        if (CareRights.WhyNotLook(person) is { } refusal)
        {
            return refusal;
        }

        var known = (await people.AllAsync(cancellationToken)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        var scope = new Scope(person, [.. teams.All.Where(team => team.HasLead(person))]);
        var all = (await board.ViewAsync(cancellationToken)).Clusters
            .SelectMany(cluster => cluster.Pools, (cluster, pool) => new PoolRow(cluster, pool))
            .Where(row => Matches(row, query) && IsIn(row, scope))
            .Select(row => RowOf(row, scope, known))
            .ToList();
        var shown = all.Where(row => IsShown(row, query.Show)).ToList();
        var copied = query.Sort is CareSort.Copied ? await history.LatestAsync(pools: null, cancellationToken) : null;
        var sorted = CareOrder.Sort(shown, query, copied);
        var number = Math.Min(query.Page, Math.Max(1, (shown.Count + CareView.PageSize - 1) / CareView.PageSize));
        var page = sorted.Skip((number - 1) * CareView.PageSize).Take(CareView.PageSize).ToList();
        var counts = Enum.GetValues<CareShow>().ToDictionary(show => show, show => all.Count(row => IsShown(row, show)));
        return new CareView(await FilledAsync(page, cancellationToken), shown.Count, number, counts, TeamsOf(scope), scope.Teams.Count > 0);
    }

    /// <summary>One pool, whatever is due; null when it is not there, or not the person's to look after.</summary>
    public async Task<CareRow?> FindAsync(SessionKey session, PoolKey key, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out _)
            || (await board.ViewAsync(cancellationToken)).Find(key.ClusterId) is not { } cluster
            || cluster.Pool(key.Name) is not { Managed: not null } pool)
        {
            return null;
        }

        var known = (await people.AllAsync(cancellationToken)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        return RowOf(new PoolRow(cluster, pool), new Scope(person, [.. teams.All.Where(team => team.HasLead(person))]), known);
    }

    private CareRow RowOf(PoolRow row, Scope scope, IReadOnlyDictionary<string, Person> known)
    {
        var (cluster, pool) = row;
        return new CareRow(
            cluster,
            pool,
            flags.Of(cluster, pool, known),
            pool.Managed?.LookDueAt(options.Value.LookEvery),
            MayCare: pool.Managed is { } managed && rights.WhyNotCare(scope.Person, managed.Team) is null,
            MayHandOver: pool.Managed is { } own && rights.WhyNotHandOver(scope.Person, own.Team) is null,
            MayAdopt: pool.Managed is null && AdoptingTeams(scope).Any(team => FieldRules.MayAskFor(team, cluster.Identity, pool.Database, pool.User)));
    }

    private async Task<IReadOnlyList<CareRow>> FilledAsync(List<CareRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        var keys = rows.Select(row => (row.Cluster.Id, row.Pool.Name)).ToList();
        var copied = await history.LatestAsync(keys, cancellationToken);
        var seen = await tests.ManyAsync(keys, cancellationToken);
        var open = await database.ReadAsync(db => OpenChanges.OfAsync(db, [.. rows.Select(row => row.Key)], cancellationToken), cancellationToken);
        return [.. rows.Select(row => row with
        {
            OpenChange = open.TryGetValue(row.Key, out var change) ? change : null,
            LastCopied = copied.GetValueOrDefault((row.Cluster.Id, row.Pool.Name)),
            InUse = PoolInUse.Of(seen.GetValueOrDefault((row.Cluster.Id, row.Pool.Name))) is { } use ? new SeenInUse(use.SeenAt, use.Active + use.IdleInTransaction, use.Waiting) : null,
        })];
    }

    private IReadOnlyList<Team> AdoptingTeams(Scope scope) => scope.Person.Has(Role.Admin) ? teams.All : scope.Teams;

    private IReadOnlyList<string> TeamsOf(Scope scope) => [.. AdoptingTeams(scope).Select(team => team.Name)];

    // What nobody manages is shown where it takes connections from the lead's own pools.
    private static bool IsIn(PoolRow row, Scope scope) =>
        scope.Person.Has(Role.Admin)
        || (row.Pool.Managed is { } managed ? scope.Teams.Any(team => team.Name == managed.Team) : scope.Teams.Any(team => team.Uses(row.Cluster.Identity)));

    private static bool Matches(PoolRow row, CareQuery query) =>
        (query.Team is null || row.Pool.Managed?.Team == query.Team)
        && (query.Search is not { } search || Has(row.Pool.Name, search) || Has(row.Cluster.Name, search) || Has(row.Pool.Managed?.OwnerName, search));

    private static bool IsShown(CareRow row, CareShow show) => show switch
    {
        CareShow.Due => row.IsDue,
        CareShow.Flags => row.IsFlagged,
        _ => true,
    };

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) is true;

    /// <param name="Teams">Those that the person leads.</param>
    private sealed record Scope(Person Person, IReadOnlyList<Team> Teams);
}
