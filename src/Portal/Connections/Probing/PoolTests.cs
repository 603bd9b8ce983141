using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Connections.Probing;

/// <summary>What a page shows of a pool's tests before one is made.</summary>
/// <param name="WhyNot">Why this person may not test it; null when they may.</param>
/// <param name="Choices">For an inbound-user pool: whom to connect as.</param>
internal sealed record PoolTestFacts(string? WhyNot, bool IsInbound, IReadOnlyList<string> Choices, PoolTestRecord? Last);

/// <summary>Tests of pools that people ask for: who may, in the record who did, and what came of it.</summary>
internal sealed class PoolTests(PoolTargets targets, PoolProbe probe, LastTests last, AuditLog audit, TimeProvider clock, ILogger<PoolTests> logger)
{
    private static readonly NotHandedOut NotRecorded = new(
        NotHandedOutKind.Unavailable, "The portal cannot write to its record, so it tests nothing.", "Try again; if it stays so, tell an admin.");

    /// <summary>Costs no call.</summary>
    public async Task<Result<PoolTestFacts, NotHandedOut>> DescribeAsync(SessionKey session, Guid cluster, string pool, CancellationToken cancellationToken)
    {
        if (!(await targets.AuthorizeAsync(session, cluster, pool, cancellationToken)).TryGet(out var permitted, out var trouble))
        {
            return trouble;
        }

        if (permitted.Cluster.Pool(pool) is not { } stored)
        {
            return NotHandedOut.PoolGone(pool, permitted.Cluster.Name);
        }

        var (whyNot, choices) = targets.Judge(permitted, stored);
        return new PoolTestFacts(whyNot?.Message, stored.User is null, choices, await last.FindAsync(cluster, pool, cancellationToken));
    }

    /// <param name="connectAs">For an inbound-user pool the user that was chosen; otherwise null.</param>
    public async Task<Result<ProbeReport, NotHandedOut>> TestAsync(
        SessionKey session, Guid cluster, string pool, string? connectAs, CancellationToken cancellationToken)
    {
        if (!(await targets.AuthorizeAsync(session, cluster, pool, cancellationToken)).TryGet(out var permitted, out var trouble))
        {
            return trouble;
        }

        if (permitted.WhyNot is { } refusal)
        {
            return await RefuseAsync(permitted, connectAs, NotHandedOut.NotAllowed(refusal));
        }

        if (!await RecordAsync(permitted, AuditAction.TestAsked, connectAs, result: null))
        {
            return NotRecorded;
        }

        CallNotes.Begin();
        try
        {
            var fetched = await targets.FetchAsync(permitted, connectAs, cancellationToken);
            if (!fetched.TryGet(out var found, out var why))
            {
                return await TurnAwayAsync(permitted, connectAs, why);
            }

            var report = await probe.TestAsync(cluster, found.Pool, found.User, found.Password, cancellationToken);
            return await RecordAsync(permitted, AuditAction.ConnectionTested, connectAs, report.Words, report) ? report : NotRecorded;
        }
        catch (OperationCanceledException)
        {
            await RecordAsync(permitted, AuditAction.ConnectionTested, connectAs, "not finished: the page was closed");
            throw;
        }
    }

    private async Task<NotHandedOut> RefuseAsync(PoolTargets.Permitted permitted, string? connectAs, NotHandedOut why)
    {
        await RecordAsync(permitted, AuditAction.ActionRefused, connectAs, why.Happened);
        return why;
    }

    private async Task<NotHandedOut> TurnAwayAsync(PoolTargets.Permitted permitted, string? connectAs, NotHandedOut why)
    {
        if (why.Kind is NotHandedOutKind.NotAllowed)
        {
            return await RefuseAsync(permitted, connectAs, why);
        }

        await RecordAsync(permitted, AuditAction.ConnectionTested, connectAs, $"not tested: {why.Happened}");
        if (why.Kind is NotHandedOutKind.Gone && connectAs is null)
        {
            await last.ForgetAsync(permitted.Cluster.Id, permitted.Pool, CancellationToken.None);
        }

        return why;
    }

    /// <returns>Whether it is in the record; what was found is kept with it or not at all.</returns>
    private async Task<bool> RecordAsync(PoolTargets.Permitted permitted, string action, string? connectAs, string? result, ProbeReport? report = null)
    {
        var (cluster, pool) = (permitted.Cluster.Id, permitted.Pool);
        try
        {
            // Not the caller's token: who closes the page in the middle leaves no hole in the record.
            await audit.CommitAsync(
                async (work, token) =>
                {
                    await LastTests.KeepAsync(work.Db, cluster, pool, report?.Prepared, report?.InUse, clock.GetUtcNow(), token);
                    var entry = new AuditEntry(action)
                    {
                        Actor = new AuditActor(permitted.Person.Id, permitted.Person.Name),
                        ClusterId = cluster,
                        Pool = pool,
                        Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["what"] = "test", ["connectAs"] = connectAs, ["result"] = result },
                    };
                    work.Record(entry.WithCalls());
                },
                CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.NotRecorded(exception, action, pool, cluster);
            return false;
        }
    }
}
