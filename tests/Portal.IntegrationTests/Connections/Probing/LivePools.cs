using Npgsql;
using Portal.Sandbox;
using Portal.Sandbox.DigitalOcean;
using Pool = Portal.DigitalOcean.Pool;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>The other side of a live pool: its clients, its databases, its PgBouncer.</summary>
internal static class LivePools
{
    public static void SkipUnlessLive(this ConnectionsWorld world) => Assert.SkipWhen(world.Sandbox.WhyNotLive is not null, world.Sandbox.WhyNotLive ?? "");

    public static async Task<Pool> LiveAsync(this ConnectionsWorld world, string name) =>
        (await world.Api.GetPoolAsync(SandboxClusters.OrdersProd, name, CancellationToken.None))
            .Match(pool => pool, failure => throw new InvalidOperationException(failure.ToString()));

    /// <summary>Calls for this pool's own address; the list of all pools is read in the background at any time.</summary>
    public static int CallsFor(this ConnectionsWorld world, string pool) =>
        world.Sandbox.Ledger.Entries.Count(entry => entry.Path.EndsWith($"/pools/{pool}", StringComparison.Ordinal));

    /// <summary>A client of the pool, as an application is one.</summary>
    public static async Task<Client> OpenAsync(this ConnectionsWorld world, string pool, string user)
    {
        var endpoint = (await world.LiveAsync(pool)).Endpoints.Public!;
        return await Client.OpenAsync(endpoint.Host, endpoint.Port, pool, user, await world.PasswordOfAsync(user));
    }

    /// <summary>A client of PostgreSQL itself, past every pool.</summary>
    public static async Task<Client> OpenDirectlyAsync(this ConnectionsWorld world, string host, string database, string user)
    {
        (await world.Api.GetClusterAsync(SandboxClusters.OrdersProd, CancellationToken.None)).TryGet(out var cluster, out _).ShouldBeTrue();
        return await Client.OpenAsync(host, cluster!.Direct.Public!.Port, database, user, await world.PasswordOfAsync(user));
    }

    /// <summary>Makes PgBouncer open the pool's server connections anew.</summary>
    public static async Task ReconnectAsync(this ConnectionsWorld world, string pool) =>
        await (await world.Sandbox.Of<Cloud>().Find(SandboxClusters.OrdersProd.ToString())!.Live).ShouldNotBeNull().RunAsync($"RECONNECT \"{pool}\"");

    /// <summary>A database and a database user that no other test knows, made through the API.</summary>
    public static async Task<OwnDatabase> OwnDatabaseAsync(this ConnectionsWorld world)
    {
        using var api = new SandboxApi(world.Sandbox);
        var name = $"own_{Guid.NewGuid():N}"[..12];
        var cluster = $"/v2/databases/{SandboxClusters.OrdersProd}";
        ((int)(await api.PostAsync($"{cluster}/dbs", new { name })).Status).ShouldBe(201);
        ((int)(await api.PostAsync($"{cluster}/users", new { name = $"{name}_user" })).Status).ShouldBe(201);
        var direct = (await api.GetAsync(cluster)).Json.GetProperty("database").GetProperty("connection");
        var owner = await Client.OpenAsync(
            direct.GetProperty("host").GetString()!, direct.GetProperty("port").GetInt32(), name, "doadmin", direct.GetProperty("password").GetString()!);
        return new OwnDatabase(name, $"{name}_user", owner);
    }

    internal sealed record OwnDatabase(string Name, string User, Client Owner) : IAsyncDisposable
    {
        public async Task RunAsync(params string[] statements)
        {
            foreach (var statement in statements)
            {
                await Owner.QueryAsync(statement);
            }
        }

        public ValueTask DisposeAsync() => Owner.DisposeAsync();
    }

    internal sealed class Client : IAsyncDisposable
    {
        private Client(NpgsqlConnection connection) => Connection = connection;

        public NpgsqlConnection Connection { get; }

        public static async Task<Client> OpenAsync(string host, int port, string database, string user, string password)
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
            {
                Host = host,
                Port = port,
                Database = database,
                Username = user,
                Password = password,
                SslMode = SslMode.Require,
                Pooling = false,
                NoResetOnClose = true,
            }.ConnectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return new Client(connection);
        }

        public async Task<object?> QueryAsync(string text)
        {
            await using var command = Connection.CreateCommand();
#pragma warning disable CA2100 // The tests write it.
            command.CommandText = text;
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
