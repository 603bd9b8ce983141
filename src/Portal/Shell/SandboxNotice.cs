using Microsoft.Extensions.Options;
using Portal.Inventory;
using Portal.Operations;

namespace Portal.Shell;

/// <summary>Whether this portal talks to something else than DigitalOcean; then it says so on every page, and refuses to run as Production.</summary>
internal sealed class SandboxNotice(IOptions<DigitalOceanOptions> options, IHostEnvironment environment) : IHostedLifecycleService
{
    public bool IsSandbox => options.Value.IsSandbox;

    public Task StartingAsync(CancellationToken cancellationToken) => IsSandbox && environment.IsProduction()
        ? throw new NotStartedException(
            $"DigitalOcean:BaseUrl is {options.Value.BaseUrl}, which is not DigitalOcean's: a portal that talks to a sandbox does not run as Production. "
            + "Set ASPNETCORE_ENVIRONMENT to Development or Staging, or take the setting away.")
        : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
