using Microsoft.EntityFrameworkCore;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Commands;

/// <summary><c>config check --try-pool CLUSTER</c>: what may stand in its way, and the typed yes.</summary>
internal sealed class TrialCommand(CommandScene scene)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private TextWriter Output => scene.Output;

    public async Task<int> RunAsync(string cluster, CancellationToken cancellationToken)
    {
        var services = scene.Services;
        var api = services.GetRequiredService<DigitalOceanClient>();
        var (pool, whyNot) = await ChooseAsync(api, cluster, cancellationToken);
        if (pool is null)
        {
            await Output.WriteLineAsync(whyNot);
            return ExitCode.NotTried;
        }

        if (await WhyNotAsync(pool, cancellationToken) is { } reason)
        {
            await Output.WriteLineAsync(reason);
            return ExitCode.NotTried;
        }

        await Output.WriteLineAsync();
        await Output.WriteLineAsync(
            $"This makes the pool {pool.Name} of size 1 on {pool.Cluster.Name}, for the user {pool.First.User} on the database {pool.First.Database}, reads it, sets its size to 2 and its mode to session, "
            + "and deletes it. It takes two connections of the cluster's budget meanwhile. Nothing else is touched.");
        await Output.WriteAsync("Type yes to go on: ");
        await Output.FlushAsync(cancellationToken);

        // Reading from a terminal cannot be cancelled; the thread that does it ends with the process.
        var typed = await Task.Run(scene.Terminal.Input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        if (typed?.Trim() is not "yes")
        {
            await Output.WriteLineAsync("Nothing was done.");
            return ExitCode.NotTried;
        }

        var record = ActivatorUtilities.CreateInstance<TrialRecord>(services);
        var trial = new PoolTrial(api, record, Output, services.GetRequiredService<TimeProvider>(), Pause);
        return await trial.RunAsync(pool, cancellationToken) ? ExitCode.Done : ExitCode.Wrong;
    }

    private static async Task<(TrialPool? Pool, string? WhyNot)> ChooseAsync(DigitalOceanClient api, string cluster, CancellationToken cancellationToken)
    {
        if (!(await api.ListClustersAsync(cancellationToken)).TryGet(out var clusters, out var failure))
        {
            return (null, FailureWords.Of(failure).Happened);
        }

        var found = clusters.FirstOrDefault(one => one.Name == cluster || one.Id.ToString() == cluster);
        return found switch
        {
            null => (null, $"There is no cluster {cluster}. There are: {string.Join(", ", clusters.Where(one => one.IsPostgreSql).Select(one => one.Name))}."),
            { IsPostgreSql: false } => (null, $"{found.Name} is not PostgreSQL, so it has no pools."),
            { IsOnline: false } => (null, $"{found.Name} is {found.Status}. Choose a cluster that is online."),
            _ when TrialPool.On(found) is { } pool => (pool, null),
            _ => (null, $"DigitalOcean names no database or no user of {found.Name}, so no pool can be made on it."),
        };
    }

    private async Task<string?> WhyNotAsync(TrialPool pool, CancellationToken cancellationToken)
    {
        if (scene.Services.GetRequiredService<LookOnly>().WhyNot is { } only)
        {
            return only.Message;
        }

        await using var db = await scene.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        var freezes = await Freezes.HoldingAsync(db, scene.Services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
        return Freezes.Of(freezes, pool.Cluster.Id) is { } freeze ? new FrozenException(freeze).Message : null;
    }
}
