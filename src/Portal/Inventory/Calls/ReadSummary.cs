using System.Globalization;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>What only reads, and never a password, is thousands of calls: the record has one row an hour for them.</summary>
internal sealed class ReadSummary(AuditLog audit, TimeProvider clock, ILogger<ReadSummary> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly SortedSet<string> _tokenVersions = new(StringComparer.Ordinal);
    private DateTimeOffset _since = clock.GetUtcNow();
    private int _calls;
    private int _failures;

    public void Count(ApiCall call)
    {
        if (call.Method != HttpMethod.Get.Method || call.Purpose is TokenPurpose.ViewCredentials)
        {
            return;
        }

        lock (_lock)
        {
            _calls++;
            _failures += call.Failure is null ? 0 : 1;
            _tokenVersions.Add(call.TokenVersion);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was counted since is written while the portal stops.
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Take() is { } details)
            {
                await audit.AppendAsync(new AuditEntry(AuditAction.ReadApi) { Details = details }, cancellationToken);
            }
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.ReadsNotRecorded(exception);
        }
    }

    private Dictionary<string, string?>? Take()
    {
        lock (_lock)
        {
            if (_calls == 0)
            {
                return null;
            }

            var details = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["since"] = _since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["calls"] = _calls.ToString(CultureInfo.InvariantCulture),
                ["failures"] = _failures.ToString(CultureInfo.InvariantCulture),
                ["tokenVersion"] = string.Join(", ", _tokenVersions),
            };
            (_since, _calls, _failures) = (clock.GetUtcNow(), 0, 0);
            _tokenVersions.Clear();
            return details;
        }
    }
}
