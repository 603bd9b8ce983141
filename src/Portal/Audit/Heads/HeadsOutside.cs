using Microsoft.Extensions.Options;

namespace Portal.Audit;

/// <summary>Carries the head of the chain out of the database after commits. What lies outside cannot be written anew together with the rows.</summary>
/// <remarks>A failure is an alarm, and stops nothing unless <see cref="AuditOptions.HeadsRequired"/>: then no row is written until it is over.</remarks>
internal sealed class HeadsOutside(IOptions<AuditOptions> options, TimeProvider clock, ILogger<HeadsOutside> logger) : BackgroundService
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _more = new(0, 1);
    private RecordHead? _next;
    private RecordHead? _last;
    private DateTimeOffset? _waitsSince;
    private string? _trouble;
    private string? _contradiction;

    public bool IsOn => options.Value.Heads is { File.Length: > 0 } or { StandardOutput: true };

    /// <summary>The last head that is outside for certain.</summary>
    public RecordHead? Last => Volatile.Read(ref _last);

    /// <summary>Why heads cannot be written at the moment; null when they can.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>What a head outside says and the record does not; null when they agree.</summary>
    public string? Contradiction => Volatile.Read(ref _contradiction);

    /// <summary>How long ago the oldest row was committed whose head, or that of a later one, is not outside yet; zero when there is none.</summary>
    public TimeSpan Lag(DateTimeOffset now)
    {
        lock (_lock)
        {
            return now - _waitsSince is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;
        }
    }

    /// <summary>A row was committed. Its head, or that of a later one, is outside within a second.</summary>
    public void Committed(AuditRow row)
    {
        if (!IsOn)
        {
            return;
        }

        lock (_lock)
        {
            if (row.Sequence > (_next?.Sequence ?? 0))
            {
                _next = new RecordHead(row.Sequence, row.Hash, row.At);
                _waitsSince ??= row.At;
            }

            if (_more.CurrentCount == 0)
            {
                _more.Release();
            }
        }
    }

    /// <summary>From now on heads are not written: what is outside is the evidence.</summary>
    public void Contradict(string what)
    {
        if (Interlocked.Exchange(ref _contradiction, what) is null)
        {
            logger.HeadContradicted(what);
        }
    }

    /// <summary>The head that was outside when the portal started.</summary>
    public void Begin(RecordHead head) => Volatile.Write(ref _last, head);

    /// <exception cref="RecordClosedException">Heads are required, and there can be none.</exception>
    public void ThrowIfClosed()
    {
        if (options.Value.HeadsRequired && (Contradiction ?? Trouble) is { } why)
        {
            throw new RecordClosedException($"The record is closed: {why}");
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteNextAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _more.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // While it fails it is tried every second: with required heads no new row would come to start it.
                await _more.WaitAsync(Trouble is null ? Timeout.InfiniteTimeSpan : Apart, stoppingToken);
                await WriteNextAsync(stoppingToken);
                await Task.Delay(Apart, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task WriteNextAsync(CancellationToken cancellationToken)
    {
        RecordHead? head;
        lock (_lock)
        {
            head = _next;
        }

        if (head is null || Contradiction is not null || head.Sequence <= (Last?.Sequence ?? 0))
        {
            return;
        }

        try
        {
            await WriteAsync(head, cancellationToken);
            Volatile.Write(ref _last, head);
            Written(head);
            if (Interlocked.Exchange(ref _trouble, null) is not null)
            {
                logger.HeadsWrittenAgain(head.Sequence);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref _trouble, $"the head of the record cannot be written outside of the database: {exception.Message}") is null)
            {
                logger.HeadNotWritten(exception, head.Sequence);
            }
        }
    }

    private void Written(RecordHead head)
    {
        lock (_lock)
        {
            // What was committed meanwhile waits at most since the last of it.
            _waitsSince = _next!.Sequence > head.Sequence ? _next.At : null;
        }
    }

    private async Task WriteAsync(RecordHead head, CancellationToken cancellationToken)
    {
        byte[] line = [.. head.ToLine(), (byte)'\n'];
        if (options.Value.Heads.StandardOutput)
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(line, cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        if (options.Value.Heads.File is { Length: > 0 } path)
        {
            // Opened anew for each line: it may have been moved away or made writable meanwhile.
            await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var isWhole = await EndsWithLineAsync(file, cancellationToken);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync(isWhole ? line : [(byte)'\n', .. line], cancellationToken);
            file.Flush(flushToDisk: true);
        }
    }

    // A crash may have cut the last line off; the next one must not be lost with it.
    private static async Task<bool> EndsWithLineAsync(FileStream file, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            return true;
        }

        var end = new byte[1];
        file.Seek(-1, SeekOrigin.End);
        await file.ReadExactlyAsync(end, cancellationToken);
        return end[0] == (byte)'\n';
    }
}
