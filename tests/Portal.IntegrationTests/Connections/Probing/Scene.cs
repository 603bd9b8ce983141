using Npgsql;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>A pool of four at work: one server connection on a query, one held in a transaction, two free.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _held = [];
    private readonly CancellationTokenSource _end = new();
    private Task _query = Task.CompletedTask;

    public static async Task<Scene> PlayAsync(ConnectionsWorld world, string pool, string user = "checkout")
    {
        var scene = new Scene();
        var clients = new List<LivePools.Client>();
        for (var number = 0; number < 4; number++)
        {
            var client = await world.OpenAsync(pool, user);
            scene._held.Add(client);
            clients.Add(client);
        }

        // All four at once, so that PgBouncer has to open as many.
        var transactions = new List<NpgsqlTransaction>();
        foreach (var client in clients)
        {
            transactions.Add(await client.Connection.BeginTransactionAsync(TestContext.Current.CancellationToken));
            await client.QueryAsync("select 1");
        }

        await transactions[0].CommitAsync();
        await transactions[1].CommitAsync();
        scene._query = scene.SleepAsync(clients[2]);
        await Eventually.BecomesTrueAsync(
            "the query runs",
            async () => (int)(await clients[0].QueryAsync("select count(*)::int from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid() and state = 'active'"))! == 1,
            TimeSpan.FromSeconds(20));
        return scene;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _query.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var held in _held)
        {
            await held.DisposeAsync();
        }

        _end.Dispose();
    }

    private async Task SleepAsync(LivePools.Client client)
    {
        await using var command = client.Connection.CreateCommand();
        command.CommandText = "select pg_sleep(60)";
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(_end.Token);
    }
}
