using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Reviews.LookAfter;

/// <summary>Gives pools to another team, or to another owner within it.</summary>
internal sealed class HandOver(Sessions sessions, Teams teams, People people, CareRights rights, PoolBooks books, PoolCare care, BoardKeeper board)
{
    /// <summary>Those of whom a team's pools can be: who belongs to it and has signed in of late.</summary>
    public async Task<IReadOnlyList<Person>> OwnersOfAsync(string team, CancellationToken cancellationToken) =>
        teams.Find(team) is { } found ? [.. (await people.AllAsync(cancellationToken)).Where(found.HasMember)] : [];

    /// <param name="teamName">The team whose they are from now on.</param>
    /// <param name="ownerId">Who owns them from now on: one of <see cref="OwnersOfAsync"/>.</param>
    public async Task<Result<CareOutcomes, NotTaken>> GiveAsync(
        SessionKey session, IReadOnlyList<PoolKey> pools, string? teamName, string? ownerId, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotTaken.Because(ended.Message);
        }

        if (string.IsNullOrEmpty(teamName) || teams.Find(teamName) is not { } team)
        {
            return new NotTaken([new FieldMistake(ChangeField.Team, string.IsNullOrEmpty(teamName) ? "Choose a team" : $"There is no team {teamName} any more")]);
        }

        var owners = await OwnersOfAsync(team.Name, cancellationToken);
        if (owners.FirstOrDefault(known => known.Id == ownerId) is not { } owner)
        {
            return new NotTaken([new FieldMistake(ChangeField.User, owners.Count == 0
                ? $"Nobody of {team.Name} has signed in of late. Somebody has to, so that a pool can be theirs"
                : $"Choose an owner who belongs to {team.Name}")]);
        }

        var clusters = await board.ViewAsync(cancellationToken);
        return await books.WriteAsync(
            person,
            pools,
            pool => rights.WhyNotHandOver(person, pool.Team),
            async (work, token) =>
            {
                var open = await OpenChanges.OfAsync(work.Db, pools, token);
                return (_, pool) => Give(work, pool, person, team, owner, clusters.Find(pool.ClusterId), open.GetValueOrDefault(PoolKey.Of(pool)));
            },
            cancellationToken);
    }

    private CareOutcome Give(AuditedWork work, ManagedPool pool, Person person, Team team, Person owner, ClusterFacts? cluster, long openChange)
    {
        var key = PoolKey.Of(pool);
        if (pool.Team == team.Name && pool.OwnerId == owner.Id)
        {
            return CareOutcome.Refused(key, $"It is {owner.Name}'s of {team.Name} already.");
        }

        if (pool.Team != team.Name)
        {
            if (CareRights.WhyNotTake(person, team, cluster, pool) is { } refusal)
            {
                return CareOutcome.Refused(key, refusal.Message);
            }

            // A request of the old team's would be decided by its leads, about a pool that is not theirs.
            if (openChange > 0)
            {
                return CareOutcome.Refused(key, $"Change {openChange} of it is not finished. Wait for its end, or have it declined or withdrawn.") with { ChangeId = openChange };
            }
        }

        work.Record(EntryOf(pool, person, team, owner));
        (pool.Team, pool.OwnerId, pool.OwnerName) = (team.Name, owner.Id, owner.Name);
        care.Look(work, pool, person, "hand over");
        return CareOutcome.Done(key, $"Handed over to {owner.Name} of {team.Name}.");
    }

    private static AuditEntry EntryOf(ManagedPool pool, Person person, Team team, Person owner) => new(AuditAction.HandedOver)
    {
        Actor = new AuditActor(person.Id, person.Name),
        ClusterId = pool.ClusterId,
        Pool = pool.Name,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["fromTeam"] = pool.Team,
            ["toTeam"] = team.Name,
            ["fromOwner"] = pool.OwnerId,
            ["fromOwnerName"] = pool.OwnerName,
            ["toOwner"] = owner.Id,
            ["toOwnerName"] = owner.Name,
        },
    };
}
