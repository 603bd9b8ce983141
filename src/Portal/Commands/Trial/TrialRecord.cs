using Portal.Audit;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Commands;

/// <summary>Writes into the record what a trial is about to send, and what came of it. What cannot be written down first is not sent.</summary>
internal sealed class TrialRecord(AuditLog audit, TimeProvider clock)
{
    /// <exception cref="FrozenException">Changes of the cluster are frozen.</exception>
    public Task AskedAsync(TrialPool pool, string step, CancellationToken cancellationToken) => audit.CommitAsync(
        async (work, token) =>
        {
            if (Freezes.Of(await Freezes.HoldingAsync(work.Db, clock.GetUtcNow(), token), pool.Cluster.Id) is { } freeze)
            {
                throw new FrozenException(freeze);
            }

            work.Record(Entry(AuditAction.TrialAsked, pool, ("step", step)));
        },
        cancellationToken);

    public Task AnsweredAsync(TrialPool pool, string step, string answer) =>
        audit.AppendAsync(Entry(AuditAction.TrialAnswered, pool, ("step", step), ("answer", answer)).WithCalls(), CancellationToken.None);

    private static AuditEntry Entry(string action, TrialPool pool, params (string Key, string Value)[] details) => new(action)
    {
        Actor = AuditActor.CommandLine(),
        ClusterId = pool.Cluster.Id,
        Pool = pool.Name,
        Details = details.ToDictionary(detail => detail.Key, string? (detail) => detail.Value, StringComparer.Ordinal),
    };
}
