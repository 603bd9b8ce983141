using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Operations;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>Records each start: the version, and what of policy and teams is configured otherwise than at the start before.</summary>
internal sealed class Started(Database database, AuditLog audit, IConfiguration configuration, ILogger<Started> logger) : IHostedLifecycleService
{
    private const string Stored = "configuration";

    // Sections that say who may do what and what is decided by rule. None of them holds a secret: those are in the vault.
    private static readonly IReadOnlyList<string> Sections = ["Access", "Audit", "Changes", "Teams"];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = Read();
            var before = await BeforeAsync(cancellationToken);
            await audit.AppendAsync(
                new AuditEntry(AuditAction.Started)
                {
                    Details = new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["version"] = PortalVersion.Full,
                        ["changed"] = before is null ? "first start" : Difference(before, now),
                        [Stored] = AuditChain.Canonical(now),
                    },
                },
                cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            // To be there and do nothing is better than not to be there: the pages and the health check say what is wrong.
            logger.StartNotRecorded(exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One line a setting that is new, gone or different; "nothing" when all are the same.</summary>
    public static string Difference(IReadOnlyDictionary<string, string?> before, IReadOnlyDictionary<string, string?> now)
    {
        var lines = before.Keys.Union(now.Keys, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Where(key => before.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Select(key => $"{key}: {before.GetValueOrDefault(key) ?? "not set"} → {now.GetValueOrDefault(key) ?? "not set"}")
            .ToList();
        return lines.Count == 0 ? "nothing" : string.Join('\n', lines);
    }

    private Dictionary<string, string?> Read() => Sections
        .SelectMany(section => configuration.GetSection(section).AsEnumerable())
        .Where(setting => setting.Value is not null)
        .ToDictionary(StringComparer.Ordinal);

    private async Task<IReadOnlyDictionary<string, string?>?> BeforeAsync(CancellationToken cancellationToken)
    {
        var details = await database.ReadAsync(
            db => db.Set<AuditRow>().Where(row => row.Action == AuditAction.Started).OrderByDescending(row => row.Sequence).Select(row => row.Details).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
        return details is not null
            && JsonSerializer.Deserialize<Dictionary<string, string?>>(details)!.GetValueOrDefault(Stored) is { } stored
                ? JsonSerializer.Deserialize<Dictionary<string, string?>>(stored)
                : null;
    }
}
