using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>Writes down what became of a change, together with its row in the record, as long as this process holds the change.</summary>
internal sealed class ChangeJournal(AuditLog audit, ChangeFeed feed, BoardKeeper board, ChangesMeter meter, TimeProvider clock)
{
    /// <summary>Names this process among those that carry out changes.</summary>
    public Guid Owner { get; } = Guid.NewGuid();

    /// <summary>Applies <paramref name="apply"/> to the change as the database has it now and returns it as it was written.</summary>
    /// <param name="actions">What the record says, in this order; nothing for a repetition that is not worth a row.</param>
    /// <param name="alongside">What else belongs into the same transaction.</param>
    /// <param name="unless">Looks once more whether it may be, in the same transaction, and throws when it may not.</param>
    /// <exception cref="LeaseLostException">Somebody else has the change now, a person or another process.</exception>
    public async Task<PoolChange> WriteAsync(
        PoolChange change,
        IReadOnlyList<string> actions,
        Action<PoolChange, DateTimeOffset> apply,
        Func<AuditedWork, PoolChange, CancellationToken, Task>? alongside = null,
        Func<AuditedWork, PoolChange, CancellationToken, Task>? unless = null)
    {
        try
        {
            // What has happened must be written down, also while the process is being stopped.
            var written = await audit.CommitAsync(
                async (work, token) =>
                {
                    var row = await work.Db.Set<PoolChange>().SingleAsync(row => row.Id == change.Id, token);
                    if (row.LeaseOwner != Owner)
                    {
                        throw new LeaseLostException();
                    }

                    if (unless is not null)
                    {
                        await unless(work, row, token);
                    }

                    apply(row, clock.GetUtcNow());
                    if (row.State is not ChangeState.Running)
                    {
                        row.LeaseOwner = null;
                        row.LeaseUntil = null;
                    }

                    if (alongside is not null)
                    {
                        await alongside(work, row, token);
                    }

                    foreach (var action in actions)
                    {
                        work.Record(row.Entry(action).WithCalls());
                    }

                    return row;
                },
                CancellationToken.None);
            if (alongside is not null)
            {
                await board.ReloadAsync(written.ClusterId, CancellationToken.None);
            }

            if (written.State is ChangeState.Done or ChangeState.Failed)
            {
                meter.Ended(written);
            }

            feed.Notify(written.Id);
            return written;
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new LeaseLostException();
        }
    }
}

/// <summary>A change that this process worked on belongs to somebody else now.</summary>
internal sealed class LeaseLostException : Exception;
