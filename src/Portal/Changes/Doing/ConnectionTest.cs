using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Connections.Probing;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>The last step of a finished change: does the new pool take a connection? Its answer changes nothing of the change itself.</summary>
internal sealed class ConnectionTest(PoolProbe probe, AuditLog audit, ChangeFeed feed, TimeProvider clock)
{
    public async Task RunAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var report = await probe.TestAsync(change.ClusterId, change.PoolName, cancellationToken);
        await audit.CommitAsync(
            async (work, token) =>
            {
                var row = await work.Db.Set<PoolChange>().SingleAsync(row => row.Id == change.Id, token);
                row.Reach(ChangeStepKind.TestedConnection, clock.GetUtcNow(), report.Words);
                await LastTests.ForgetAsync(work.Db, row.ClusterId, row.PoolName, token);
                await LastTests.KeepAsync(work.Db, row.ClusterId, row.PoolName, report.Prepared, report.InUse, clock.GetUtcNow(), token);
                var entry = row.Entry(AuditAction.ConnectionTested) with
                {
                    Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["result"] = report.Words },
                };
                work.Record(entry.WithCalls());
            },
            cancellationToken);
        feed.Notify(change.Id);
    }
}
