using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>Reads the record out of the database in its order, a few thousand rows at a time, so that no reading is open for long.</summary>
internal sealed class RecordTable(Database database)
{
    private const int Batch = 10_000;

    /// <summary>The number that the first row should have, and the hash before it: 1 and zeros, or what a removal left.</summary>
    public async Task<(long First, byte[] Before)> BeginningAsync(CancellationToken cancellationToken)
    {
        var removal = await database.ReadAsync(db => db.Set<AuditRemoval>().OrderByDescending(removal => removal.Through).FirstOrDefaultAsync(cancellationToken), cancellationToken);
        return removal is null ? (1, AuditChain.Nothing) : (removal.Through + 1, removal.Hash);
    }

    /// <summary>The number of the last row; or of the last checkpoint, where rows that it is about are gone.</summary>
    public Task<long> LastAsync(CancellationToken cancellationToken) => database.ReadAsync(
        async db => Math.Max(
            (await AuditLog.EndAsync(db, cancellationToken)).Sequence,
            await db.Set<AuditCheckpoint>().MaxAsync(checkpoint => (long?)checkpoint.Sequence, cancellationToken) ?? 0),
        cancellationToken);

    public Task<AuditCheckpoint?> LastCheckpointAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.Set<AuditCheckpoint>().OrderByDescending(checkpoint => checkpoint.Sequence).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    /// <summary>Batches of rows after a number, and their checkpoints.</summary>
    /// <param name="after">The last row that is not wanted.</param>
    /// <param name="through">The last row that is.</param>
    /// <param name="withBefore">With the checkpoint over <paramref name="after"/> itself: it speaks for what was removed.</param>
    /// <param name="filter">Which rows; null for all. Without checkpoints, which say nothing of a part.</param>
    public async IAsyncEnumerable<RecordBatch> ReadAsync(
        long after, long through, bool withBefore, Func<IQueryable<AuditRow>, IQueryable<AuditRow>>? filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (from, firstCheckpoint) = (after, withBefore ? after : after + 1);
            var batch = await database.ReadAsync(
                async db =>
                {
                    var wanted = filter is null ? db.Set<AuditRow>() : filter(db.Set<AuditRow>());
                    var rows = await wanted.Where(row => row.Sequence > from && row.Sequence <= through).OrderBy(row => row.Sequence).Take(Batch).ToListAsync(cancellationToken);
                    if (filter is not null)
                    {
                        return new RecordBatch(rows, []);
                    }

                    var last = rows.Count < Batch ? through : rows[^1].Sequence;
                    var checkpoints = await db.Set<AuditCheckpoint>()
                        .Where(checkpoint => checkpoint.Sequence >= firstCheckpoint && checkpoint.Sequence <= last)
                        .OrderBy(checkpoint => checkpoint.Sequence)
                        .ToListAsync(cancellationToken);
                    return new RecordBatch(rows, checkpoints);
                },
                cancellationToken);
            if (batch.Rows.Count > 0 || batch.Checkpoints.Count > 0)
            {
                yield return batch;
            }

            if (batch.Rows.Count < Batch)
            {
                yield break;
            }

            (after, withBefore) = (batch.Rows[^1].Sequence, false);
        }
    }

    /// <summary>Verifies what is there from the row after the verifier's last one up to <paramref name="through"/>.</summary>
    /// <param name="isBeginning">The verifier has seen nothing yet.</param>
    public async Task VerifyAsync(RecordVerifier verifier, long through, bool isBeginning, CancellationToken cancellationToken)
    {
        // While one batch is hashed, the next one is read.
        var verifying = Task.CompletedTask;
        try
        {
            await foreach (var batch in ReadAsync(verifier.LastSequence, through, withBefore: isBeginning, filter: null, cancellationToken))
            {
                await verifying;
                verifying = Task.Run(() => verifier.Add(batch.Rows, batch.Checkpoints), cancellationToken);
            }
        }
        finally
        {
            await verifying;
        }
    }
}

internal sealed record RecordBatch(IReadOnlyList<AuditRow> Rows, IReadOnlyList<AuditCheckpoint> Checkpoints);
