using Portal.Access;
using Portal.Connections.Formats;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Connections;

/// <summary>Where a connection is asked for: says what there is to know of it, and hands out the text with its password.</summary>
/// <remarks>
/// The one way of a password to a person. Nobody gets one whom <see cref="ConnectionRights"/> does not allow it to at this moment, and
/// nobody gets one without a row in the record before it and another after it.
/// </remarks>
internal sealed class ConnectionDesk(
    Sessions sessions,
    InventoryQueries inventory,
    DigitalOceanClient api,
    ConnectionRights rights,
    ConnectionProof proof,
    ConnectionRecord record,
    CertificateShelf certificates,
    SurroundingsReader surroundings,
    DirectShelf directs,
    ConnectionChoices choices,
    ILogger<ConnectionDesk> logger)
{
    // PostgreSQL's names have at most 63 bytes.
    private const int LongestUser = 63;

    /// <summary>The facts of a pool, read live, without any password.</summary>
    public async Task<Result<ConnectionFacts, NotHandedOut>> DescribeAsync(
        SessionKey session, Guid cluster, string pool, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotHandedOut.Ended(ended);
        }

        if (!(await LookAsync(cluster, pool, cancellationToken)).TryGet(out var seen, out var trouble))
        {
            return trouble;
        }

        var facts = new ConnectionFacts(
            seen.Cluster.Name,
            seen.Pool,
            rights.WhyNotAny(person, seen.Cluster, seen.Pool, seen.Managed, seen.Users)?.Message,
            rights.Choices(person, seen.Cluster, seen.Pool, seen.Managed, seen.Users))
        {
            WhyNotPublic = rights.WhyNotOver(seen.Managed, Network.Public)?.Message,
        };
        return facts.WhyNot is not null
            ? facts
            : facts with
            {
                Surroundings = await surroundings.ReadAsync(cluster, cancellationToken),
                Prepared = await surroundings.PreparedAsync(cluster, pool, cancellationToken),
                Remembered = await choices.FindAsync(person.Id, cancellationToken),
            };
    }

    /// <summary>Keeps what a person chose; silent when it cannot.</summary>
    public async Task RememberAsync(SessionKey session, ConnectionChoice choice, CancellationToken cancellationToken)
    {
        if ((await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out _))
        {
            _ = await choices.TrySaveAsync(person.Id, choice, cancellationToken);
        }
    }

    /// <summary>The text of a connection with its password.</summary>
    public async Task<Result<HandedOut, NotHandedOut>> HandOutAsync(
        SessionKey session, ConnectionRequest request, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(session, cancellationToken) is not { } row)
        {
            return NotHandedOut.Ended(Refusal.SessionEnded);
        }

        var person = Sessions.PersonOf(row);
        if (ConnectionFormats.Find(request.Format) is not { } format
            || request.ConnectAs is { Length: > LongestUser }
            || (request.Purpose is ConnectionPurpose.Downloaded && format.FileName is null))
        {
            return new NotHandedOut(NotHandedOutKind.BadRequest, "There is no such format, or no such database user.", "Load the page again.");
        }

        if (!(await LookAsync(request.Cluster, request.Pool, cancellationToken)).TryGet(out var seen, out var trouble))
        {
            return trouble;
        }

        if ((rights.WhyNot(person, seen.Cluster, seen.Pool, seen.Managed, request.ConnectAs) ?? rights.WhyNotOver(seen.Managed, request.Way.Network)) is { } refusal)
        {
            var refused = NotHandedOut.NotAllowed(refusal);
            await record.RefusedAsync(person, request, refused);
            return refused;
        }

        if (proof.WhyNot(row, seen.Cluster) is { } unproved)
        {
            await record.RefusedAsync(person, request, unproved);
            return unproved;
        }

        if (!(await record.AskedAsync(row, person, request)).TryGet(out var asked, out var tooMany))
        {
            return tooMany;
        }

        CallNotes.Begin();
        var answer = await FetchAndWriteAsync(person, request, asked, format, seen.Pool, cancellationToken);
        if (!answer.TryGet(out var written, out var why))
        {
            return await TurnAwayAsync(person, request, asked, why);
        }

        return await record.HandedOutAsync(person, request, written.User)
            ? new HandedOut(written.Text)
            : NotHandedOut.NotRecorded;
    }

    /// <summary>The CA certificate of a cluster, for everybody who has a role.</summary>
    public async Task<Result<CertificateAuthority, NotHandedOut>> GetCertificateAsync(
        SessionKey session, Guid cluster, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotHandedOut.Ended(ended);
        }

        if (person.Roles.Count == 0)
        {
            return NotHandedOut.NotAllowed(new Refusal("You have no role in the portal. Ask an admin for one."));
        }

        if (await inventory.FindAsync(cluster, cancellationToken) is null)
        {
            return NotHandedOut.ClusterGone();
        }

        return (await certificates.GetAsync(cluster, cancellationToken))
            .Match<Result<CertificateAuthority, NotHandedOut>>(authority => authority, failure => NotHandedOut.Because(failure));
    }

    private async Task<Result<SeenPool, NotHandedOut>> LookAsync(Guid cluster, string pool, CancellationToken cancellationToken)
    {
        if (await inventory.FindAsync(cluster, cancellationToken) is not { } facts)
        {
            return NotHandedOut.ClusterGone();
        }

        if (!(await api.GetPoolAsync(cluster, pool, cancellationToken)).TryGet(out var live, out var failure))
        {
            return failure.IsCertainlyAbsent ? NotHandedOut.PoolGone(pool, facts.Name) : NotHandedOut.Because(failure);
        }

        // What is permitted and recorded must be the pool that was asked for, whatever came back.
        return live.Name == pool
            ? new SeenPool(facts.Identity, facts.Users, live, await inventory.FindManagedAsync(cluster, pool, cancellationToken))
            : NotHandedOut.PoolGone(pool, facts.Name);
    }

    private async Task<Result<Written, NotHandedOut>> FetchAndWriteAsync(
        Person person, ConnectionRequest request, ConnectionAsked asked, IConnectionFormat format, Pool permitted, CancellationToken cancellationToken)
    {
        try
        {
            return (await FetchAsync(request, permitted, cancellationToken)).TryGet(out var found, out var why)
                ? await WriteAsync(request, format, found, cancellationToken)
                : why;
        }
        catch (OperationCanceledException)
        {
            _ = await record.NotHandedOutAsync(person, request, asked, new NotHandedOut(NotHandedOutKind.Unavailable, "The page was closed before it came.", ""));
            throw;
        }
    }

    private async Task<Result<Written, NotHandedOut>> WriteAsync(
        ConnectionRequest request, IConnectionFormat format, Found found, CancellationToken cancellationToken)
    {
        DirectEndpoints? direct = null;
        if (request.Way.Use is ConnectionUse.Direct
            && !(await directs.GetAsync(request.Cluster, cancellationToken)).TryGet(out direct, out var failure))
        {
            return NotHandedOut.Because(failure);
        }

        CertificateAuthority? authority = null;
        if (format.CarriesCertificate
            && !(await certificates.GetAsync(request.Cluster, cancellationToken)).TryGet(out authority, out failure))
        {
            return NotHandedOut.Because(failure);
        }

        if (request.Way.Find(found.Pool, direct) is not { } endpoint)
        {
            return new NotHandedOut(
                NotHandedOutKind.BadRequest, "The database cannot be reached that way.", "Load the page again and choose another network or server.");
        }

        var details = new ConnectionDetails(
            endpoint, found.Pool.Name, found.Pool.Database, found.User, PasswordText.Real(found.Password), found.Pool.Mode, found.Pool.Size, request.Verify)
        {
            Use = request.Way.Use,
            Certificate = authority?.Pem,
            Prepared = request.Prepared ?? await surroundings.PreparedAsync(request.Cluster, request.Pool, cancellationToken),
        };
        return new Written(new Secret(format.Write(details)), found.User);
    }

    /// <summary>Takes the password out, and makes sure that it belongs to what was permitted.</summary>
    private Task<Result<Found, NotHandedOut>> FetchAsync(ConnectionRequest request, Pool permitted, CancellationToken cancellationToken) =>
        permitted.User is { } user
            ? FetchFixedAsync(request, permitted, user, cancellationToken)
            : FetchInboundAsync(request, permitted, request.ConnectAs!, cancellationToken);

    private async Task<Result<Found, NotHandedOut>> FetchFixedAsync(
        ConnectionRequest request, Pool permitted, string user, CancellationToken cancellationToken)
    {
        var answer = await api.GetPoolConnectionAsync(request.Cluster, request.Pool, cancellationToken);
        return answer.TryGet(out var connection, out var failure)
            ? IsStill(permitted, connection.Pool) ? Take(connection.Pool, user, connection.Password) : NotHandedOut.Changed(request.Pool)
            : NotHandedOut.Because(failure);
    }

    private async Task<Result<Found, NotHandedOut>> FetchInboundAsync(
        ConnectionRequest request, Pool permitted, string user, CancellationToken cancellationToken)
    {
        var answer = await api.GetUserCredentialsAsync(request.Cluster, user, cancellationToken);
        if (!answer.TryGet(out var credentials, out var failure))
        {
            return NotHandedOut.Because(failure);
        }

        // The user's password does not come with the pool, so the pool is looked at once more.
        if (!(await api.GetPoolAsync(request.Cluster, request.Pool, cancellationToken)).TryGet(out var pool, out failure))
        {
            return NotHandedOut.Because(failure);
        }

        return credentials.Name == user && IsStill(permitted, pool)
            ? Take(pool, user, credentials.Password)
            : NotHandedOut.Changed(request.Pool);
    }

    private static Result<Found, NotHandedOut> Take(Pool pool, string user, Secret? password) =>
        password is null ? NotHandedOut.NoPassword : new Found(pool, user, password);

    private static bool IsStill(Pool permitted, Pool now) =>
        now.Name == permitted.Name && now.Database == permitted.Database && now.User == permitted.User;

    private async Task<NotHandedOut> TurnAwayAsync(Person person, ConnectionRequest request, ConnectionAsked asked, NotHandedOut why)
    {
        logger.NotHandedOut(request.Pool, request.Cluster, why.Happened, why.RequestId);
        _ = await record.NotHandedOutAsync(person, request, asked, why);
        return why;
    }

    private sealed record SeenPool(ClusterIdentity Cluster, IReadOnlyList<string> Users, Pool Pool, ManagedPool? Managed);

    private sealed record Found(Pool Pool, string User, Secret Password);

    private sealed record Written(Secret Text, string User);
}
