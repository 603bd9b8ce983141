using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Makes what a round's nuisances say come true.</summary>
internal sealed class Trouble(CrashWorld world, RoundPlan plan)
{
    private const int ClockJump = 600;

    // Longer than the portal waits for a lock, shorter than a person does.
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(1.5);

    // Shorter: on a full disk SQLite goes on in what its log has room for, and changes would end before the kill.
    private static readonly TimeSpan Full = TimeSpan.FromSeconds(0.4);

    public bool IsOfDatabase => Has(Nuisance.DatabaseLocked) || Has(Nuisance.DiskFull);

    private bool Has(Nuisance nuisance) => plan.Nuisances.Contains(nuisance);

    /// <summary>The clock jumps between two of the round's requests.</summary>
    public void JumpClock()
    {
        var jump = (Has(Nuisance.ClockForward) ? ClockJump : 0) - (Has(Nuisance.ClockBack) ? ClockJump : 0);
        if (jump != 0)
        {
            world.ClockOff += jump;
            world.Portal.Give(new Order { ClockOff = world.ClockOff });
        }
    }

    /// <summary>The database takes nothing for a while.</summary>
    public async Task DisturbDatabaseAsync()
    {
        if (Has(Nuisance.DiskFull) && world.Disk is { } disk)
        {
            await disk.FillAsync();
            await HoldAsync(Full);
            disk.Free();
        }
        else if (Has(Nuisance.DatabaseLocked) || Has(Nuisance.DiskFull))
        {
            await LockAsync();
        }
    }

    /// <summary>What the portal finds when it starts again.</summary>
    public async Task BeforeRestartAsync()
    {
        await world.Sandbox.SealAsync(Has(Nuisance.VaultSealed));
        if (Has(Nuisance.VaultFails))
        {
            await world.Sandbox.FaultAsync(new Fault { Path = "/v1/*", Kind = FaultKind.Status, Status = 500 });
            await world.Sandbox.FaultAsync(new Fault { Path = "/v1/*", Kind = FaultKind.DropBefore });
        }

        if (Has(Nuisance.ProviderAway))
        {
            await world.Sandbox.FaultAsync(new Fault { Path = "/oidc/*", Kind = FaultKind.Status, Status = 503, Times = 20 });
        }
    }

    /// <summary>The vault is opened when the portal has met it sealed.</summary>
    public async Task AfterRestartAsync()
    {
        if (Has(Nuisance.VaultSealed))
        {
            await Eventually.BecomesTrueAsync(
                "the portal has asked the sealed vault",
                async () => (await world.Sandbox.LedgerAsync(world.Seen)).Any(entry => entry is { Path: ['/', 'v', '1', '/', ..], Status: 503 }),
                TimeSpan.FromSeconds(30));
            await world.Sandbox.SealAsync(isSealed: false);
        }
    }

    private async Task LockAsync()
    {
        if (world.Database.Provider is "Sqlite")
        {
            await using var connection = new SqliteConnection($"{world.Database.ConnectionString};Pooling=False");
            await connection.OpenAsync();
            await using var transaction = connection.BeginTransaction(deferred: false);
            await HoldAsync(Held);
        }
        else
        {
            await using var connection = new NpgsqlConnection(world.Database.ConnectionString);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("LOCK TABLE audit IN ACCESS EXCLUSIVE MODE", connection);
            await command.ExecuteNonQueryAsync();
            await HoldAsync(Held);
        }
    }

    private static async Task HoldAsync(TimeSpan time)
    {
        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync();
    }
}
