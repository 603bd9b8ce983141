using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>Whether the API token can be had, kept or from the vault.</summary>
internal sealed class VaultHealth(IApiTokenSource tokens) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        (await tokens.GetAsync(TokenPurpose.Manage, cancellationToken)).Match(
            token => HealthCheckResult.Healthy($"The API token is at hand, version {token.Version}."),
            failure => HealthCheckResult.Degraded(failure.Message));
}
