using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Operations;
using Portal.Storage;
using Portal.Vaults;

namespace Portal.Inventory;

/// <summary>Tries at the start what the API tokens may read, and names the scopes that are missing or too many.</summary>
/// <remarks>
/// DigitalOcean has no call that says a token's scopes. Whether it may create, update and delete could only be found out by doing so: those
/// are named when a call is refused. Of passwords it is looked whether they are there; none is kept.
/// </remarks>
internal sealed class TokenScopes(
    DigitalOceanClient api, IOptions<DigitalOceanOptions> options, ApiTokens tokens, AuditLog audit, TimeProvider clock, ILogger<TokenScopes> logger)
    : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private volatile string? _trouble;
    private volatile bool _isTried;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _trouble is { } trouble ? HealthCheckResult.Degraded(trouble)
        : _isTried ? HealthCheckResult.Healthy("The API tokens may read what they are for. Whether they may create, update and delete shows when they do.")
        : HealthCheckResult.Healthy(options.Value.TryScopes ? "Not tried yet: no cluster could be asked." : "Not tried (DigitalOcean:TryScopes)."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await clock.AfterStartAsync(stoppingToken);
            while (options.Value.TryScopes && !await TryAsync(stoppingToken))
            {
                await Task.Delay(AskAgainAfter, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start tries again.
        }
    }

    /// <returns>Whether there was an answer; otherwise it is worth another try in a while.</returns>
    internal Task<bool> TryAsync(CancellationToken cancellationToken) => TryAsync(AuditActor.Portal, cancellationToken);

    /// <param name="by">Who wants to know.</param>
    internal async Task<bool> TryAsync(AuditActor by, CancellationToken cancellationToken)
    {
        CallNotes.Begin();
        List<string> missing = [];
        if (!(await api.ListClustersAsync(cancellationToken)).TryGet(out var clusters, out var failure))
        {
            if (failure.Kind is not ApiFailureKind.Forbidden)
            {
                return false;
            }

            missing.Add("The API token lacks the scope database:read: the portal sees no cluster.");
        }
        else if (clusters.FirstOrDefault(cluster => cluster.IsPostgreSql) is { } cluster)
        {
            if (await SeesAsync(cluster.Id, TokenPurpose.ViewCredentials, cancellationToken) is not { } sees)
            {
                return false;
            }

            if (!sees)
            {
                missing.Add("The API token that is for passwords lacks the scope database:view_credentials: connections are copied without their password.");
            }

            if (tokens.AreTwo)
            {
                if (await SeesAsync(cluster.Id, TokenPurpose.Manage, cancellationToken) is not { } seesToo)
                {
                    return false;
                }

                if (seesToo)
                {
                    missing.Add("The API token that is not for passwords may read them all the same: take the scope database:view_credentials from it.");
                }
            }
        }
        else
        {
            return false;
        }

        _isTried = true;
        _trouble = missing.Count == 0 ? null : string.Join(' ', missing);
        if (_trouble is { } trouble)
        {
            logger.ScopesMissing(trouble);
        }

        return await RecordAsync(by, cancellationToken);
    }

    /// <summary>Null when it was not answered.</summary>
    private async Task<bool?> SeesAsync(Guid cluster, TokenPurpose purpose, CancellationToken cancellationToken) =>
        (await api.SeesPasswordsAsync(cluster, purpose, cancellationToken)).Match<bool?>(
            sees => sees,
            failure => failure.Kind is ApiFailureKind.Forbidden ? false : null);

    /// <summary>The calls could read passwords, so that the record tells of them.</summary>
    private async Task<bool> RecordAsync(AuditActor by, CancellationToken cancellationToken)
    {
        try
        {
            await audit.AppendAsync(
                new AuditEntry(AuditAction.ScopesTried) { Actor = by, Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["found"] = _trouble } }.WithCalls(), cancellationToken);
            return true;
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.ReadsNotRecorded(exception);
            return false;
        }
    }
}
