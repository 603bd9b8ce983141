using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>Takes old rows out of the table: into a signed file first, and only what that file is proved to hold. The chain goes on from the checkpoint over the last of them.</summary>
internal sealed class RecordRemovals(
    Database database, RecordTable table, RecordExport export, AuditLog audit, ISigningKeySource signing, TimeProvider clock)
{
    /// <param name="through">Rows up to the last checkpoint at or before this one are taken out.</param>
    /// <param name="path">A file that does not exist yet.</param>
    /// <returns>What was removed, or why nothing was.</returns>
    /// <exception cref="IOException">The file cannot be written; nothing was removed.</exception>
    public async Task<Result<AuditRemoval, string>> RemoveAsync(long through, string path, AuditActor by, CancellationToken cancellationToken)
    {
        if (!(await signing.GetAsync(cancellationToken)).TryGet(out var key, out var none))
        {
            return $"{none.Message} Without a signature nothing is removed.";
        }

        var (first, before) = await table.BeginningAsync(cancellationToken);
        var checkpoint = await database.ReadAsync(
            db => db.Set<AuditCheckpoint>().Where(checkpoint => checkpoint.Sequence <= through && checkpoint.Sequence >= first).OrderByDescending(checkpoint => checkpoint.Sequence).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        if (checkpoint is null)
        {
            return $"There is no checkpoint between row {first} and row {through} yet, and the chain can only go on from one.";
        }

        var verifier = new RecordVerifier(first, before, _ => null, [key.Public]);
        await table.VerifyAsync(verifier, await table.LastAsync(cancellationToken), isBeginning: true, cancellationToken);
        if (verifier.Report(lastHead: 0).FirstFinding is { } finding)
        {
            return $"The record does not hold, so nothing is removed. {finding.Words}";
        }

        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        await export.WriteAsync(file, new ExportScope { Through = checkpoint.Sequence, By = by.Name ?? "" }, key, cancellationToken);
        file.Flush(flushToDisk: true);
        if (await WhyNotAsync(file, checkpoint, key.Public, cancellationToken) is { } why)
        {
            return why;
        }

        file.Seek(0, SeekOrigin.Begin);
        var removal = new AuditRemoval
        {
            Through = checkpoint.Sequence,
            Hash = checkpoint.Hash,
            At = clock.GetUtcNow(),
            ById = by.Id ?? "",
            ByName = by.Name ?? "",
            FileHash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)),
        };
        await TakeOutAsync(removal, first, by);
        return removal;
    }

    private static async Task<string?> WhyNotAsync(FileStream file, AuditCheckpoint checkpoint, RecordKey key, CancellationToken cancellationToken)
    {
        file.Seek(0, SeekOrigin.Begin);
        var check = new RecordFileCheck([], [key]);
        await check.ReadAsync(file, cancellationToken);
        var report = check.Report();
        return report.IsWhole && report.Last == checkpoint.Sequence && report.ProvedThrough == checkpoint.Sequence
            ? null
            : $"The file {file.Name} does not prove the rows up to {checkpoint.Sequence}, so nothing is removed. {report.FirstFinding?.Words}";
    }

    private Task TakeOutAsync(AuditRemoval removal, long first, AuditActor by) => audit.CommitAsync(
        async (work, token) =>
        {
            work.Db.Add(removal);
            await work.Db.SaveChangesAsync(token);
            await work.Db.Set<AuditRow>().Where(row => row.Sequence <= removal.Through).ExecuteDeleteAsync(token);
            work.Record(new AuditEntry(AuditAction.SegmentRemoved)
            {
                Actor = by,
                Details = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["first"] = first.ToString(CultureInfo.InvariantCulture),
                    ["through"] = removal.Through.ToString(CultureInfo.InvariantCulture),
                    ["fileHash"] = removal.FileHash,
                },
            });
        },
        CancellationToken.None);
}
