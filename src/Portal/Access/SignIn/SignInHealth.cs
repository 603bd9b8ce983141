using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Access;

/// <summary>Whether the company's sign-in can be had.</summary>
internal sealed class SignInHealth(ProviderMetadata provider) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        (await provider.GetAsync(cancellationToken)).Match(
            _ => HealthCheckResult.Healthy("The provider's addresses and keys are at hand."),
            failure => HealthCheckResult.Degraded(failure.Message));
}
