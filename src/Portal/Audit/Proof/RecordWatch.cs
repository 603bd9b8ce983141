using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>What the last verification said.</summary>
internal sealed record RecordVerdict(RecordReport Report, DateTimeOffset At);

/// <summary>Verifies the record: all of it at the start and when somebody asks, what is new every few seconds. Signs a checkpoint when one is due, over what it has verified.</summary>
internal sealed class RecordWatch(
    RecordTable table,
    Database database,
    HeadsOutside heads,
    HeadsKnown known,
    ISigningKeySource signing,
    IOptions<AuditOptions> options,
    TimeProvider clock,
    ILogger<RecordWatch> logger) : BackgroundService
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private RecordVerifier? _verifier;
    private RecordVerdict? _verdict;
    private string? _noCheckpoint;
    private DateTimeOffset? _waitsSince;

    /// <summary>Null before the first verification has ended.</summary>
    public RecordVerdict? Verdict => Volatile.Read(ref _verdict);

    /// <summary>Why a checkpoint that is due is not made; null when none is due or all is well.</summary>
    public string? NoCheckpoint => Volatile.Read(ref _noCheckpoint);

    /// <summary>Verifies every row, now.</summary>
    public async Task<RecordVerdict> VerifyAllAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await VerifyAsync(fromBeginning: true, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await known.LoadAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (Database.IsTrouble(exception))
            {
                logger.NotVerified(exception);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(options.Value.VerifyEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var verdict = await VerifyAsync(fromBeginning: _verifier is null, cancellationToken);
            if (verdict.Report.IsWhole && heads.Contradiction is null)
            {
                await CheckpointAsync(cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<RecordVerdict> VerifyAsync(bool fromBeginning, CancellationToken cancellationToken)
    {
        // The head first: a row that is committed after this line is not missed by the comparison.
        var lastHead = known.Last(heads.Last);
        if (fromBeginning)
        {
            _verifier = null;
            var (first, before) = await table.BeginningAsync(cancellationToken);
            var verifier = new RecordVerifier(first, before, known.HashOf, await KeysAsync(cancellationToken));
            await table.VerifyAsync(verifier, await table.LastAsync(cancellationToken), isBeginning: true, cancellationToken);
            _verifier = verifier;
        }
        else
        {
            await table.VerifyAsync(_verifier!, await table.LastAsync(cancellationToken), isBeginning: false, cancellationToken);
        }

        var wasWhole = _verdict?.Report.IsWhole is not false;
        var verdict = new RecordVerdict(_verifier!.Report(lastHead), clock.GetUtcNow());
        Volatile.Write(ref _verdict, verdict);
        if (verdict.Report.FirstFinding is { } finding && wasWhole)
        {
            logger.RecordBroken(finding.Words);
        }

        return verdict;
    }

    private async Task<IReadOnlyList<RecordKey>> KeysAsync(CancellationToken cancellationToken) =>
        (await signing.GetAsync(cancellationToken)).TryGet(out var key, out _) ? [key.Public] : [];

    private async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        var (sequence, hash) = (_verifier!.LastSequence, _verifier.LastHash);
        var last = await table.LastCheckpointAsync(cancellationToken);
        var rows = sequence - (last?.Sequence ?? 0);
        if (rows <= 0)
        {
            _waitsSince = null;
            return;
        }

        var now = clock.GetUtcNow();
        _waitsSince ??= now;
        if (rows < options.Value.CheckpointEveryRows && now - _waitsSince < options.Value.CheckpointEvery)
        {
            return;
        }

        if (!(await signing.GetAsync(cancellationToken)).TryGet(out var key, out var none))
        {
            if (none.IsConfigured && Interlocked.Exchange(ref _noCheckpoint, none.Message) != none.Message)
            {
                logger.CheckpointNotMade(none.Message);
            }

            return;
        }

        try
        {
            await database.WriteAsync(
                (db, _) =>
                {
                    db.Add(Checkpoints.Sign(last, sequence, hash, now, key));
                    return Task.CompletedTask;
                },
                cancellationToken);
            logger.CheckpointMade(sequence, key.Public.ShortId);
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            // Another portal on this database was first; one is enough.
        }

        Volatile.Write(ref _noCheckpoint, null);
        _waitsSince = null;
    }
}
