using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>Writes into the record who asked for which connection and what came of it. What it cannot write does not happen.</summary>
internal sealed class ConnectionRecord(
    AuditLog audit, ConnectionCount count, Refusals refusals, IOptions<ConnectionsOptions> options, TimeProvider clock, ILogger<ConnectionRecord> logger)
{
    /// <summary>Counts and records that somebody asks, in one transaction; or says why they have had enough.</summary>
    public async Task<Result<ConnectionAsked, NotHandedOut>> AskedAsync(Session session, Person person, ConnectionRequest request)
    {
        Counted counted;
        try
        {
            // Not the caller's token: who closes the page in the middle leaves no hole in the record.
            counted = await audit.CommitAsync((work, token) => CountAsync(work, session, person, request, token), CancellationToken.None);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.NotRecorded(exception, AuditAction.ConnectionAsked, request.Pool, request.Cluster);
            return NotHandedOut.NotRecorded;
        }

        if (counted.Reached is not { } reached)
        {
            return counted.Taken!;
        }

        var canProve = options.Value.Beyond is BeyondUsual.StepUp && session.AuthenticatedAt is not null;
        var why = LimitWords.For(reached, canProve, clock.GetUtcNow());
        await RefusedAsync(person, request, why);
        return why;
    }

    /// <param name="user">The database user whose password it was.</param>
    public Task<bool> HandedOutAsync(Person person, ConnectionRequest request, string user) =>
        WriteAsync(Entry(AuditAction.ConnectionHandedOut, person, request, why: null, user), notTaken: null);

    /// <param name="asked">What was counted for it, which counts no longer.</param>
    public Task<bool> NotHandedOutAsync(Person person, ConnectionRequest request, ConnectionAsked asked, NotHandedOut why) =>
        WriteAsync(Entry(AuditAction.ConnectionNotHandedOut, person, request, why), asked);

    public Task RefusedAsync(Person person, ConnectionRequest request, NotHandedOut why) =>
        refusals.RecordAsync(person, Entry(AuditAction.ActionRefused, person, request, why));

    private async Task<Counted> CountAsync(AuditedWork work, Session session, Person person, ConnectionRequest request, CancellationToken cancellationToken)
    {
        var counted = await count.TakeAsync(work.Db, session, request, cancellationToken);
        if (counted.Reached is not { } reached)
        {
            work.Record(Entry(AuditAction.ConnectionAsked, person, request).WithCalls());
            return counted;
        }

        // Told once for each count: every further attempt is one of the refusals.
        var isTold = await work.Db.Set<AuditRow>().AnyAsync(
            row => row.ActorId == person.Id && row.Action == AuditAction.ConnectionLimitReached && row.At > reached.Since, cancellationToken);
        if (!isTold)
        {
            work.Record(await LimitWords.EntryAsync(work.Db, reached, person, request, cancellationToken));
        }

        return counted;
    }

    private async Task<bool> WriteAsync(AuditEntry entry, ConnectionAsked? notTaken)
    {
        try
        {
            await audit.CommitAsync(
                async (work, token) =>
                {
                    work.Record(entry.WithCalls());
                    if (notTaken is not null)
                    {
                        await ConnectionCount.GiveBackAsync(work.Db, notTaken, token);
                    }
                },
                CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.NotRecorded(exception, entry.Action, entry.Pool ?? "", entry.ClusterId ?? Guid.Empty);
            return false;
        }
    }

    private static AuditEntry Entry(string action, Person person, ConnectionRequest request, NotHandedOut? why = null, string? user = null) => new(action)
    {
        Actor = new AuditActor(person.Id, person.Name),
        ClusterId = request.Cluster,
        Pool = request.Pool,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["what"] = "connection",
            ["format"] = request.Format,
            ["use"] = Lower(request.Way.Use.ToString()),
            ["server"] = Lower(request.Way.Server.ToString()),
            ["network"] = Lower(request.Way.Network.ToString()),
            ["verify"] = request.Verify ? "yes" : "no",
            ["purpose"] = Lower(request.Purpose.ToString()),
            ["connectAs"] = request.ConnectAs,
            ["user"] = user,
            ["why"] = why?.Happened,
            ["requestId"] = why?.RequestId,
        },
    };

    private static string Lower(string name) => name.ToLower(CultureInfo.InvariantCulture);
}
