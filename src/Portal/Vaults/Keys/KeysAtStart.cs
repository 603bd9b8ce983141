using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Portal.Vaults;

/// <summary>Asks for the key before anything else starts, and while the vault does not give it, every two seconds; later now and then for a newer one.</summary>
internal sealed class KeysAtStart(KeyEncryptionKeys keys, IOptions<VaultOptions> options, TimeProvider clock, ILogger<KeysAtStart> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookAtLeastEvery = TimeSpan.FromMinutes(1);

    private Task _first = Task.CompletedTask;

    /// <summary>Asks while the database is brought up to date, so that neither waits for the other.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (keys.IsConfigured)
        {
            _first = Task.Run(() => keys.LookAsync(cancellationToken), cancellationToken);
        }

        return Task.CompletedTask;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _first;
        if (!keys.IsConfigured)
        {
            logger.KeysNotEncrypted();
        }
        else if (!keys.IsReady)
        {
            logger.WaitingForKey(keys.Trouble!);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (keys.IsConfigured)
            {
                var newer = options.Value.CacheFor > LookAtLeastEvery ? options.Value.CacheFor : LookAtLeastEvery;
                await Task.Delay(keys.IsReady ? newer : AskAgainAfter, clock, stoppingToken);
                await keys.LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nothing is left to read.
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Without the key nobody can come in or stay in, so that no traffic is wanted.</summary>
internal sealed class KeysHealth(KeyEncryptionKeys keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(keys switch
    {
        { IsConfigured: false } => HealthCheckResult.Degraded(
            "Data Protection's keys lie in the database unencrypted: who reads it can forge sessions' cookies. Name a key for them in Vault:KeysPath."),
        { IsReady: false } => HealthCheckResult.Unhealthy($"The portal waits for the key that encrypts Data Protection's keys. {keys.Trouble}"),
        _ => HealthCheckResult.Healthy("Data Protection's keys are encrypted with a key from the vault."),
    });
}
