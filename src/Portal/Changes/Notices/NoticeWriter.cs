using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes.Notices;

/// <summary>Follows the record and puts what is told into the outbox. What is in the record is told, whoever wrote it and whatever ended since.</summary>
internal sealed class NoticeWriter(Database database, People people, Teams teams, IOptions<AccessOptions> access, IServer server, TimeProvider clock)
{
    private const int RowsAtOnce = 1000;

    // The rows since the last notice are looked at again each second, so the cursor follows now and then although nothing was told.
    private const int RowsBehind = 200;

    /// <summary>One look at what the record has beyond the cursor. Of two portals one writes; the other finds nothing to do.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (cursor, end) = await database.ReadAsync(
            async db => (
                await db.Set<NoticeCursor>().Select(row => (long?)row.Sequence).SingleOrDefaultAsync(cancellationToken),
                await db.Set<AuditRow>().MaxAsync(row => (long?)row.Sequence, cancellationToken) ?? 0),
            cancellationToken);
        if (cursor is not { } seen)
        {
            await BeginAsync(end, cancellationToken);
            return;
        }

        var through = Math.Min(end, seen + RowsAtOnce);
        var rows = await database.ReadAsync(
            db => db.Set<AuditRow>().Where(row => row.Sequence > seen && row.Sequence <= through && NoticeWords.Actions.Contains(row.Action))
                .OrderBy(row => row.Sequence).ToListAsync(cancellationToken),
            cancellationToken);
        if (rows.Count == 0 && through - seen < RowsBehind)
        {
            return;
        }

        var notices = await MakeAsync(rows, cancellationToken);
        await database.WriteAsync(
            async (db, token) =>
            {
                var isOurs = await db.Set<NoticeCursor>().Where(row => row.Sequence == seen).ExecuteUpdateAsync(row => row.SetProperty(found => found.Sequence, through), token) == 1;
                if (isOurs)
                {
                    db.AddRange(notices);
                }
            },
            cancellationToken);
    }

    /// <summary>While nothing is to be told nothing is kept for later either: who turns notices on is told what happens from then on.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) =>
        database.WriteAsync((db, token) => db.Set<NoticeCursor>().ExecuteDeleteAsync(token), cancellationToken);

    private async Task BeginAsync(long end, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                (db, _) =>
                {
                    db.Add(new NoticeCursor { Sequence = end });
                    return Task.CompletedTask;
                },
                cancellationToken);
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            // Another portal began at the same moment.
        }
    }

    private async Task<IReadOnlyList<Notice>> MakeAsync(List<AuditRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var changeIds = rows.Select(row => row.ChangeId).OfType<long>().Distinct().ToList();
        var clusterIds = rows.Select(row => row.ClusterId).OfType<Guid>().Distinct().ToList();
        var changes = await database.ReadAsync(
            db => db.Set<PoolChange>().Where(change => changeIds.Contains(change.Id)).ToDictionaryAsync(change => change.Id, cancellationToken), cancellationToken);
        var clusters = await database.ReadAsync(
            db => db.Set<ClusterRecord>().Where(cluster => clusterIds.Contains(cluster.Id)).ToDictionaryAsync(cluster => cluster.Id, cluster => cluster.Name, cancellationToken),
            cancellationToken);
        var managed = await database.ReadAsync(
            db => db.Set<ManagedPool>().Where(pool => clusterIds.Contains(pool.ClusterId)).ToListAsync(cancellationToken), cancellationToken);
        var everybody = await people.AllAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return [.. rows.Select(row =>
        {
            var details = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)!;
            var change = row.ChangeId is { } id ? changes.GetValueOrDefault(id) : null;
            var team = change?.Team ?? details.GetValueOrDefault("team") ?? managed.FirstOrDefault(pool => pool.ClusterId == row.ClusterId && pool.Name == row.Pool)?.Team;
            var cluster = change?.ClusterName ?? (row.ClusterId is { } clusterId ? clusters.GetValueOrDefault(clusterId) : null);
            var who = row.ActorName ?? (IsAsked(row.Action) ? change?.RequesterName : null);
            var facts = new NoticeFacts(who, team, cluster ?? details.GetValueOrDefault("what") ?? "a cluster", row.Pool, change, details.GetValueOrDefault("words") ?? change?.DecisionNote);
            var body = new NoticeBody(
                row.Sequence, NoticeWords.KindOf(row.Action), row.At, who, team, cluster, row.Pool, row.ChangeId, For(row.Action, team, change, everybody), NoticeWords.TextOf(row.Action, facts), LinkTo(row));
            return new Notice { Sequence = row.Sequence, Kind = body.Kind, Body = body.ToJson(), CreatedAt = now };
        })];
    }

    /// <summary>Who asked, when something was decided about it; then the leads, or the admins where nobody else can decide. Of too many connections, the admins.</summary>
    private List<string> For(string action, string? team, PoolChange? change, IReadOnlyList<Person> everybody)
    {
        if (action is AuditAction.ConnectionLimitReached)
        {
            return [.. everybody.Where(person => person.Has(Role.Admin)).Select(person => person.Name).Distinct(StringComparer.Ordinal)];
        }

        if (team is null)
        {
            return [];
        }

        var isAsked = IsAsked(action);
        var leads = everybody.Where(person => teams.Find(team)?.HasLead(person) == true && !(isAsked && person.Id == change?.RequesterId)).ToList();
        var deciders = leads.Count > 0 ? leads : isAsked ? everybody.Where(person => person.Has(Role.Admin) && person.Id != change?.RequesterId) : [];
        return [.. (isAsked || change is null || change.RequesterId == PoolChange.PortalId ? [] : new[] { change.RequesterName }).Concat(deciders.Select(person => person.Name)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Somebody wants something of the leads; the record has it as the portal's decision.</summary>
    private static bool IsAsked(string action) => action is AuditAction.SentForReview or AuditAction.ReviewReminded or AuditAction.RunUrgently;

    private string LinkTo(AuditRow row)
    {
        var page = (row.ChangeId, row.ClusterId, row.Pool) switch
        {
            _ when row.Action is AuditAction.ConnectionLimitReached => $"audit?person={Uri.EscapeDataString(row.ActorName ?? "")}",
            ({ } change, _, _) => $"changes/{change}",
            (_, { } cluster, { } pool) => PoolAddresses.Of(cluster, pool),
            (_, { } cluster, _) => $"clusters/{cluster:D}",
            _ => "",
        };
        var address = access.Value.PublicAddress?.ToString() ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return $"{address?.TrimEnd('/')}/{page}";
    }
}
