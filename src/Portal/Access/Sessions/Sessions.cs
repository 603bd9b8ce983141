using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Access;

/// <summary>Who is signed in, read from the session row at every action, so that an ended session ends at the next one.</summary>
internal sealed class Sessions(Database database, AuditLog audit, IDataProtectionProvider protection, IOptions<AccessOptions> options, SessionFeed feed, TimeProvider clock, ILogger<Sessions> logger)
{
    private static readonly TimeSpan LongestApart = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan KeepEndedFor = TimeSpan.FromDays(1);

    /// <summary>Activity is written at most so often: once a minute, and more often where a session is idle sooner than after 15.</summary>
    public TimeSpan ActivityApart => options.Value.Idle / 15 < LongestApart ? options.Value.Idle / 15 : LongestApart;

    private readonly IDataProtector _seal = protection.CreateProtector("Portal.Access.IdToken");

    /// <summary>The person behind the key, or the reason why there is none any more: unknown, ended, idle for 15 minutes, older than 8 hours.</summary>
    public async Task<Result<Person, Refusal>> ReadAsync(SessionKey session, CancellationToken cancellationToken) =>
        await FindAsync(session, cancellationToken) is { } row ? PersonOf(row) : Refusal.SessionEnded;

    /// <summary>The row behind the key while it is good.</summary>
    public async Task<Session?> FindAsync(SessionKey session, CancellationToken cancellationToken)
    {
        var hash = session.Hash();
        var row = await database.ReadAsync(db => db.Set<Session>().SingleOrDefaultAsync(row => row.KeyHash == hash, cancellationToken), cancellationToken);
        return row is not null && WhyOver(row) is null && row.EndedAt is null ? row : null;
    }

    public SessionDeadline DeadlineOf(Session row) => SessionDeadline.Of(row, options.Value.Idle);

    public Task<bool> IsNonceUsedAsync(string nonce, CancellationToken cancellationToken)
    {
        var hash = SessionKey.HashOf(nonce);
        return database.ReadAsync(db => db.Set<Session>().AnyAsync(row => row.NonceHash == hash, cancellationToken), cancellationToken);
    }

    /// <summary>Opens a session and records it, in one transaction.</summary>
    /// <exception cref="SignInRefusedException">The sign-in was used already.</exception>
    public async Task<SessionKey> BeginAsync(SignedIn signedIn, CancellationToken cancellationToken)
    {
        var key = SessionKey.Create();
        var person = signedIn.Person;
        var now = clock.GetUtcNow();
        var row = new Session
        {
            KeyHash = key.Hash(),
            PersonId = person.Id,
            PersonName = person.Name,
            Roles = JsonSerializer.Serialize(person.Roles.Order().Select(role => role.ToString())),
            Groups = JsonSerializer.Serialize(person.Groups.Order(StringComparer.Ordinal)),
            ProviderSession = signedIn.ProviderSession,
            SealedIdToken = _seal.Protect(System.Text.Encoding.ASCII.GetBytes(signedIn.IdToken)),
            NonceHash = SessionKey.HashOf(signedIn.Nonce),
            AuthenticatedAt = signedIn.AuthenticatedAt,
            SignedInFrom = signedIn.From,
            CreatedAt = now,
            LastActivityAt = now,
            ExpiresAt = now + options.Value.Longest,
        };
        try
        {
            await audit.CommitAsync(
                async (work, token) =>
                {
                    work.Db.Add(row);
                    await People.KeepAsync(work.Db, row, token);
                    work.Record(Entry(AuditAction.SignedIn, row, ("roles", string.Join(' ', person.Roles.Order())), row.SignedInFrom));
                },
                cancellationToken);
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            throw new SignInRefusedException(SignInFailure.Replayed, "The nonce was used already.");
        }

        logger.SignedIn(person.Id);
        return key;
    }

    /// <summary>The person did something. What is over stays over.</summary>
    public async Task TouchAsync(SessionKey session, CancellationToken cancellationToken)
    {
        var hash = session.Hash();
        var now = clock.GetUtcNow();
        var idleSince = now - options.Value.Idle;
        await database.WriteAsync(
            (db, token) => db.Set<Session>()
                .Where(row => row.KeyHash == hash && row.EndedAt == null && row.ExpiresAt > now && row.LastActivityAt > idleSince)
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.LastActivityAt, now), token),
            cancellationToken);
    }

    /// <summary>The person says that they are still there. What is over stays over, and so does the longest life.</summary>
    public async Task StayAsync(SessionKey session, CancellationToken cancellationToken)
    {
        await TouchAsync(session, cancellationToken);
        feed.Notify(session.Hash());
    }

    /// <summary>Ends a session and records it. What had ended already is left as it is.</summary>
    /// <param name="by">Who ended it when that is not the person themselves.</param>
    /// <returns>The id token of its sign-in, or null when it had ended already or the token cannot be unsealed any more.</returns>
    public async Task<string?> EndAsync(SessionKey session, SessionEnd why, AuditActor? by, CancellationToken cancellationToken)
    {
        var hash = session.Hash();
        var row = await database.ReadAsync(db => db.Set<Session>().SingleOrDefaultAsync(row => row.KeyHash == hash, cancellationToken), cancellationToken);
        return row is not null && await EndAsync(row, WhyOver(row) ?? why, by, cancellationToken) ? Unseal(row.SealedIdToken) : null;
    }

    /// <summary>Somebody ends a session that they see in a list.</summary>
    /// <returns>False when it had ended already.</returns>
    public async Task<bool> EndFoundAsync(byte[] keyHash, SessionEnd why, AuditActor by, CancellationToken cancellationToken)
    {
        var row = await database.ReadAsync(db => db.Set<Session>().SingleOrDefaultAsync(row => row.KeyHash == keyHash, cancellationToken), cancellationToken);
        return row is not null && WhyOver(row) is null && await EndAsync(row, why, by, cancellationToken);
    }

    /// <summary>The provider ended its own session, or all of a person.</summary>
    /// <param name="begun">No session that began later: what the provider says is about those before.</param>
    /// <returns>How many ended.</returns>
    public async Task<int> EndByProviderAsync(string? providerSession, string? personId, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        if (providerSession is null && personId is null)
        {
            return 0;
        }

        var rows = await database.ReadAsync(
            db => Open(db)
                .Where(row => row.CreatedAt <= begun
                    && (providerSession == null || row.ProviderSession == providerSession)
                    && (personId == null || row.PersonId == personId))
                .ToListAsync(cancellationToken),
            cancellationToken);
        return await EndEachAsync(rows, SessionEnd.EndedByProvider, AuditActor.Portal, cancellationToken);
    }

    /// <summary>Ends those of a person's open sessions that are meant.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> EndOfPersonAsync(string personId, Func<Session, bool> isMeant, SessionEnd why, AuditActor by, CancellationToken cancellationToken) =>
        await EndEachAsync((await OpenOfAsync(personId, cancellationToken)).Where(isMeant), why, by, cancellationToken);

    /// <summary>The open sessions of a person.</summary>
    public Task<List<Session>> OpenOfAsync(string personId, CancellationToken cancellationToken) =>
        database.ReadAsync(db => Open(db).Where(row => row.PersonId == personId).ToListAsync(cancellationToken), cancellationToken);

    /// <summary>The sessions that are good at this moment.</summary>
    public IQueryable<Session> Open(PortalDbContext db)
    {
        var now = clock.GetUtcNow();
        var idleSince = now - options.Value.Idle;
        return db.Set<Session>().Where(row => row.EndedAt == null && row.ExpiresAt > now && row.LastActivityAt > idleSince);
    }

    /// <summary>Ends what is idle or too old, and forgets what ended a day ago.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var idleSince = now - options.Value.Idle;
        var over = await database.ReadAsync(
            db => db.Set<Session>().Where(row => row.EndedAt == null && (row.ExpiresAt <= now || row.LastActivityAt <= idleSince)).ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var row in over)
        {
            await EndAsync(row, WhyOver(row) ?? SessionEnd.Idle, AuditActor.Portal, cancellationToken);
        }

        var forgetBefore = now - KeepEndedFor;
        await database.WriteAsync((db, token) => db.Set<Session>().Where(row => row.EndedAt <= forgetBefore).ExecuteDeleteAsync(token), cancellationToken);
    }

    public static Person PersonOf(Session row) => PersonOf(row.PersonId, row.PersonName, row.Roles, row.Groups);

    /// <param name="roles">A JSON list of <see cref="Role"/> names.</param>
    /// <param name="groups">A JSON list.</param>
    public static Person PersonOf(string id, string name, string roles, string groups) => new(
        id,
        name,
        JsonSerializer.Deserialize<string[]>(roles)!.Select(Enum.Parse<Role>).ToFrozenSet(),
        JsonSerializer.Deserialize<string[]>(groups)!.ToFrozenSet(StringComparer.Ordinal));

    private SessionEnd? WhyOver(Session row) => clock.GetUtcNow() switch
    {
        var now when now >= row.ExpiresAt => SessionEnd.TooOld,
        var now when now >= row.LastActivityAt + options.Value.Idle => SessionEnd.Idle,
        _ => null,
    };

    private async Task<int> EndEachAsync(IEnumerable<Session> rows, SessionEnd why, AuditActor by, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var row in rows)
        {
            ended += await EndAsync(row, why, by, cancellationToken) ? 1 : 0;
        }

        return ended;
    }

    private async Task<bool> EndAsync(Session row, SessionEnd why, AuditActor? by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var seen = row.LastActivityAt;
        var isOurs = await audit.CommitAsync(
            async (work, token) =>
            {
                // In the statement itself, so that of two who end it one records it, and a person who came back in between stays.
                var isEnded = await work.Db.Set<Session>()
                    .Where(found => found.KeyHash == row.KeyHash && found.EndedAt == null && (why != SessionEnd.Idle || found.LastActivityAt == seen))
                    .ExecuteUpdateAsync(
                        found => found
                            .SetProperty(session => session.EndedAt, now)
                            .SetProperty(session => session.EndedBecause, why)
                            .SetProperty(session => session.SealedIdToken, (byte[]?)null),
                        token) == 1;
                if (isEnded)
                {
                    var action = why is SessionEnd.SignedOut ? AuditAction.SignedOut : AuditAction.SessionEnded;
                    work.Record(Entry(action, row, ("why", why.ToString())) with { Actor = by ?? new AuditActor(row.PersonId, row.PersonName) });
                }

                return isEnded;
            },
            cancellationToken);
        if (isOurs)
        {
            logger.SessionEnded(row.PersonId, why);
        }

        // Not when the person signs out: the page that asks for it is on its way to the provider, to end the session there too.
        if (isOurs && why is SessionEnd.EndedByAdmin or SessionEnd.EndedByProvider or SessionEnd.EndedElsewhere)
        {
            feed.Notify(row.KeyHash);
        }

        return isOurs;
    }

    private static AuditEntry Entry(string action, Session row, (string Key, string Value) detail, string? from = null) => new(action)
    {
        Actor = new AuditActor(row.PersonId, row.PersonName),
        Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["person"] = row.PersonId, [detail.Key] = detail.Value, ["from"] = from },
    };

    private string? Unseal(byte[]? token)
    {
        try
        {
            return token is null ? null : System.Text.Encoding.ASCII.GetString(_seal.Unprotect(token));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
