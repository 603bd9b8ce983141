using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Access;

/// <summary>One open session, for those who look after all of them.</summary>
/// <param name="KeyHash">Names the row; opens nothing.</param>
/// <param name="From">The address at which the person signed in, where it is known.</param>
/// <param name="OfPerson">How many open sessions the person has.</param>
/// <param name="IsOwn">It is the one in which the list is looked at.</param>
internal sealed record OpenSession(
    byte[] KeyHash, Person Person, string? From, DateTimeOffset Since, DateTimeOffset LastActivityAt, SessionDeadline Deadline, int OfPerson, bool IsOwn);

/// <param name="Total">How many sessions match, on all pages.</param>
internal sealed record SessionPage(IReadOnlyList<OpenSession> Sessions, int Total, int Number, bool MayEnd)
{
    public bool HasMore => Total > Number * SessionDesk.PageSize;
}

/// <summary>Where admins and auditors see who is signed in, and admins end it.</summary>
internal sealed class SessionDesk(AdminDoor door, Sessions sessions, Database database)
{
    public const int PageSize = 50;

    /// <param name="search">A part of the person's name, in upper or lower case; null or empty for everybody.</param>
    /// <param name="number">Which page, from 1.</param>
    public async Task<Result<SessionPage, Refusal>> ListAsync(SessionKey session, string? search, int number, CancellationToken cancellationToken)
    {
        if (!(await door.SeeAsync(session, cancellationToken)).TryGet(out var viewer, out var refusal))
        {
            return refusal;
        }

        var page = Math.Max(1, number);
        var own = session.Hash();
        return await database.ReadAsync(
            async db =>
            {
                var found = Matching(sessions.Open(db), search);
                var total = await found.CountAsync(cancellationToken);
                var rows = await found.OrderBy(row => row.PersonName).ThenBy(row => row.PersonId).ThenBy(row => row.CreatedAt)
                    .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
                var people = rows.Select(row => row.PersonId).Distinct(StringComparer.Ordinal).ToList();
                var counts = await sessions.Open(db).Where(row => people.Contains(row.PersonId))
                    .GroupBy(row => row.PersonId).Select(group => new { group.Key, Count = group.Count() })
                    .ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancellationToken);
                return new SessionPage(
                    [.. rows.Select(row => new OpenSession(
                        row.KeyHash,
                        Sessions.PersonOf(row),
                        row.SignedInFrom,
                        row.CreatedAt,
                        row.LastActivityAt,
                        sessions.DeadlineOf(row),
                        counts.GetValueOrDefault(row.PersonId, 1),
                        row.KeyHash.AsSpan().SequenceEqual(own)))],
                    total,
                    page,
                    viewer.Has(Role.Admin));
            },
            cancellationToken);
    }

    /// <summary>Ends one session, which holds at the next thing that its person does.</summary>
    /// <returns>How many ended: none when it had ended already.</returns>
    public async Task<Result<int, Refusal>> EndAsync(SessionKey session, byte[] keyHash, CancellationToken cancellationToken)
    {
        if (!(await door.ActAsync(session, "end a session", cancellationToken)).TryGet(out var admin, out var refusal))
        {
            return refusal;
        }

        return await sessions.EndFoundAsync(keyHash, SessionEnd.EndedByAdmin, new AuditActor(admin.Id, admin.Name), cancellationToken) ? 1 : 0;
    }

    /// <summary>Ends every session of a person.</summary>
    public async Task<Result<int, Refusal>> EndAllAsync(SessionKey session, string personId, CancellationToken cancellationToken)
    {
        if (!(await door.ActAsync(session, "end all sessions of a person", cancellationToken)).TryGet(out var admin, out var refusal))
        {
            return refusal;
        }

        return await sessions.EndOfPersonAsync(personId, isMeant: _ => true, SessionEnd.EndedByAdmin, new AuditActor(admin.Id, admin.Name), cancellationToken);
    }

    private static IQueryable<Session> Matching(IQueryable<Session> open, string? search)
    {
        if (search?.Trim().ToUpperInvariant() is not { Length: > 0 } words)
        {
            return open;
        }

        // In the database's own upper case, so that both sides are compared alike; SQLite knows only that of a to z.
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // It becomes SQL.
        return open.Where(row => row.PersonName.ToUpper().Contains(words));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }
}
