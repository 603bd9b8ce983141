using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>Before anything is recorded: the last head outside must be in the chain, or rows were taken out or the database is not the same.</summary>
internal sealed class HeadsAtStart(Database database, HeadsOutside heads, IOptions<AuditOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Heads.File is not { Length: > 0 } path || !File.Exists(path))
        {
            return;
        }

        if ((await RecordHead.ReadFileAsync(path, cancellationToken)).Values.LastOrDefault() is not { } head)
        {
            return;
        }

        heads.Begin(head);
        if (await database.ReadAsync(db => WhyNotAsync(db, head, cancellationToken), cancellationToken) is { } why)
        {
            heads.Contradict(why);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>What the head says and the record does not; null when they agree.</returns>
    public static async Task<string?> WhyNotAsync(PortalDbContext db, RecordHead head, CancellationToken cancellationToken)
    {
        var hash = await db.Set<AuditRow>().Where(row => row.Sequence == head.Sequence).Select(row => row.Hash).SingleOrDefaultAsync(cancellationToken);
        if (hash is not null)
        {
            return hash.AsSpan().SequenceEqual(head.Hash)
                ? null
                : $"row {head.Sequence} is not the one whose head lies outside; it, or rows before it, were written anew.";
        }

        var removed = await db.Set<AuditRemoval>().OrderByDescending(removal => removal.Through).Select(removal => removal.Through).FirstOrDefaultAsync(cancellationToken);
        return head.Sequence <= removed
            ? null
            : $"row {head.Sequence}, whose head lies outside, is not in the record: rows were cut off, or this is another database.";
    }
}
