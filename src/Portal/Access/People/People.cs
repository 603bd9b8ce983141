using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Who has signed in of late: those who can be asked, and those of whom a pool can be.</summary>
internal sealed class People(Database database, Teams teams, TimeProvider clock)
{
    /// <summary>Who has not signed in for so long is not counted on any more.</summary>
    public static readonly TimeSpan CountedFor = TimeSpan.FromDays(90);

    /// <summary>Everybody who has signed in within <see cref="CountedFor"/>, by name.</summary>
    public async Task<IReadOnlyList<Person>> AllAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - CountedFor;
        var rows = await database.ReadAsync(
            db => db.Set<KnownPerson>().Where(person => person.LastSignInAt >= since).OrderBy(person => person.Name).ThenBy(person => person.Id).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. rows.Select(row => Sessions.PersonOf(row.Id, row.Name, row.Roles, row.Groups))];
    }

    /// <summary>Who can decide what <paramref name="requesterId"/> asks for in the name of a team: its other leads, and the admins only when there is none.</summary>
    /// <returns>Nobody when no such person has signed in yet; the first lead or admin who does can decide.</returns>
    public async Task<Deciders> DecidersAsync(string team, string requesterId, CancellationToken cancellationToken)
    {
        var others = (await AllAsync(cancellationToken)).Where(person => person.Id != requesterId).ToList();
        var leads = teams.Find(team) is { } found ? others.Where(found.HasLead).ToList() : [];
        return leads.Count > 0 ? new Deciders(leads, AreAdmins: false) : new Deciders([.. others.Where(person => person.Has(Role.Admin))], AreAdmins: true);
    }

    /// <summary>In the transaction in which a session begins.</summary>
    public static async Task KeepAsync(PortalDbContext db, Session session, CancellationToken cancellationToken)
    {
        // Two browsers in which somebody signs in for the first time wait for each other.
        await Database.LockAsync(db, WriteLock.Audit, cancellationToken);
        if (await db.Set<KnownPerson>().FindAsync([session.PersonId], cancellationToken) is { } known)
        {
            known.Name = session.PersonName;
            known.Roles = session.Roles;
            known.Groups = session.Groups;
            known.LastSignInAt = session.CreatedAt;
            return;
        }

        db.Add(new KnownPerson
        {
            Id = session.PersonId,
            Name = session.PersonName,
            Roles = session.Roles,
            Groups = session.Groups,
            LastSignInAt = session.CreatedAt,
        });
    }
}
