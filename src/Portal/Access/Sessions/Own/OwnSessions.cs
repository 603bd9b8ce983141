using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Where people see in how many browsers they are signed in, and end what they have left open elsewhere.</summary>
internal sealed class OwnSessions(Sessions sessions, Database database)
{
    /// <summary>The person's open sessions, the one that asks first, then the last used first.</summary>
    public async Task<Result<IReadOnlyList<OpenSession>, Refusal>> ListAsync(SessionKey session, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var refusal))
        {
            return refusal;
        }

        var own = session.Hash();
        var rows = await OpenOfAsync(person, cancellationToken);
        return rows
            .Select(row => new OpenSession(
                row.KeyHash, person, row.CreatedAt, row.LastActivityAt, sessions.DeadlineOf(row), rows.Count, row.KeyHash.AsSpan().SequenceEqual(own)))
            .OrderByDescending(open => open.IsOwn)
            .ThenByDescending(open => open.LastActivityAt)
            .ToList();
    }

    /// <summary>Ends the others of the same person; the one that asks stays.</summary>
    /// <param name="keyHash">Which; null for all of them. That of another person ends nothing.</param>
    /// <returns>How many ended.</returns>
    public async Task<Result<int, Refusal>> EndElsewhereAsync(SessionKey session, byte[]? keyHash, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var refusal))
        {
            return refusal;
        }

        var own = session.Hash();
        var ended = 0;
        foreach (var row in await OpenOfAsync(person, cancellationToken))
        {
            if (!row.KeyHash.AsSpan().SequenceEqual(own) && (keyHash is null || row.KeyHash.AsSpan().SequenceEqual(keyHash)))
            {
                ended += await sessions.EndFoundAsync(row.KeyHash, SessionEnd.EndedElsewhere, new AuditActor(person.Id, person.Name), cancellationToken) ? 1 : 0;
            }
        }

        return ended;
    }

    private Task<List<Session>> OpenOfAsync(Person person, CancellationToken cancellationToken) =>
        database.ReadAsync(db => sessions.Open(db).Where(row => row.PersonId == person.Id).ToListAsync(cancellationToken), cancellationToken);
}
