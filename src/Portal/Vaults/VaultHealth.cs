using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>Whether the API tokens can be had, from the vault or, for an hour, from what it gave before.</summary>
internal sealed class VaultHealth(ApiTokens tokens) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<string> versions = [];
        foreach (var purpose in tokens.AreTwo ? new[] { TokenPurpose.Manage, TokenPurpose.ViewCredentials } : [TokenPurpose.Manage])
        {
            if (!(await tokens.GetAsync(purpose, cancellationToken)).TryGet(out var token, out var failure))
            {
                return HealthCheckResult.Degraded(failure.Message);
            }

            versions.Add(token.Version);
        }

        if (tokens.Trouble is var (trouble, until))
        {
            return HealthCheckResult.Degraded(
                $"{trouble.Message} The token that was read before, version {versions[0]}, is used until {until.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)} UTC at most.");
        }

        return HealthCheckResult.Healthy(tokens.AreTwo
            ? $"Both API tokens are at hand: version {versions[0]}, and for passwords version {versions[1]}."
            : $"The API token is at hand, version {versions[0]}.");
    }
}
