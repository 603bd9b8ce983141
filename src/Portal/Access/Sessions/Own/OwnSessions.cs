using Portal.Audit;
using Portal.DigitalOcean;

namespace Portal.Access;

/// <summary>Where people see in how many browsers they are signed in, and end what they have left open elsewhere.</summary>
internal sealed class OwnSessions(Sessions sessions)
{
    /// <summary>The person's open sessions, the one that asks first, then the last used first.</summary>
    public async Task<Result<IReadOnlyList<OpenSession>, Refusal>> ListAsync(SessionKey session, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var refusal))
        {
            return refusal;
        }

        var own = session.Hash();
        var rows = await sessions.OpenOfAsync(person.Id, cancellationToken);
        return rows
            .Select(row => new OpenSession(
                row.KeyHash, person, row.SignedInFrom, row.CreatedAt, row.LastActivityAt, sessions.DeadlineOf(row), rows.Count, row.KeyHash.AsSpan().SequenceEqual(own)))
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
        return await sessions.EndOfPersonAsync(
            person.Id,
            row => !row.KeyHash.AsSpan().SequenceEqual(own) && (keyHash is null || row.KeyHash.AsSpan().SequenceEqual(keyHash)),
            SessionEnd.EndedElsewhere,
            new AuditActor(person.Id, person.Name),
            cancellationToken);
    }
}
