using Npgsql;
using Portal.Sandbox.DigitalOcean;

namespace Portal.Sandbox.Clusters;

/// <summary>Roles and databases of a live cluster, made over the socket of its folder as its superuser.</summary>
internal sealed class PostgresAdministration(string folder, int port, string password)
{
    public async Task WaitAsync(Func<string?> failure, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await RunAsync("postgres", [], cancellationToken);
                return;
            }
            catch (NpgsqlException) when (failure() is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <remarks>
    /// New databases are copies of template1, where every user may create in the schema public: the sandbox has no owners to tell apart,
    /// and a connection that may do nothing proves nothing.
    /// </remarks>
    public async Task FillAsync(ClusterContents contents, CancellationToken cancellationToken)
    {
        await RunAsync("template1", [.. contents.Users.Select(CreateUser), "GRANT USAGE, CREATE ON SCHEMA public TO PUBLIC"], cancellationToken);
        await RunAsync("postgres", contents.Databases.Select(CreateDatabase), cancellationToken);
    }

    public Task AddUserAsync(DatabaseUser user) => RunAsync("postgres", [CreateUser(user)], CancellationToken.None);

    public Task AddDatabaseAsync(string name) => RunAsync("postgres", [CreateDatabase(name)], CancellationToken.None);

    public Task SetPasswordAsync(DatabaseUser user) =>
        RunAsync("postgres", [$"ALTER ROLE {Identifier(user.Name)} PASSWORD {Literal(user.Password)}"], CancellationToken.None);

    private static string CreateUser(DatabaseUser user) =>
        $"CREATE ROLE {Identifier(user.Name)} LOGIN PASSWORD {Literal(user.Password)}{(user.Role == "primary" ? " CREATEDB CREATEROLE" : "")}";

    private static string CreateDatabase(string name) => $"CREATE DATABASE {Identifier(name)} OWNER {Identifier(DatabaseUser.Primary)}";

    private static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private async Task RunAsync(string database, IEnumerable<string> statements, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = folder,
            Port = port,
            Database = database,
            Username = "postgres",
            Password = password,
            Pooling = false,
        };
        await using var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        foreach (var statement in statements)
        {
#pragma warning disable CA2100 // Roles, databases and passwords cannot be parameters; they are quoted above.
            await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
