using Npgsql;
using Portal.Sandbox;

namespace Portal.Testing;

/// <summary>A database of its own for one portal, on one of the two engines; gone with its folder.</summary>
internal sealed class TestDatabase : IDisposable
{
    private TestDatabase(string provider, string folder, string connectionString)
    {
        Provider = provider;
        Folder = folder;
        ConnectionString = connectionString;
    }

    public string Provider { get; }

    public string ConnectionString { get; }

    /// <summary>Where the portal of this database may keep files.</summary>
    public string Folder { get; }

    public static TestDatabase Sqlite()
    {
        var folder = NewFolder();
        return new TestDatabase("Sqlite", folder, $"Data Source={Path.Combine(folder, "portal.db")}");
    }

    /// <summary>On the PostgreSQL of a live cluster, which the API makes like any other.</summary>
    public static async Task<TestDatabase> PostgreSqlAsync(SandboxHost server)
    {
        using var api = new SandboxApi(server);
        var name = $"portal_{Guid.NewGuid():N}";
        var cluster = $"/v2/databases/{SandboxClusters.OrdersProd}";
        ((int)(await api.PostAsync($"{cluster}/dbs", new { name })).Status).ShouldBe(201);
        var direct = (await api.GetAsync(cluster)).Json.GetProperty("database").GetProperty("connection");
        return new TestDatabase("PostgreSql", NewFolder(), new NpgsqlConnectionStringBuilder
        {
            Host = direct.GetProperty("host").GetString(),
            Port = direct.GetProperty("port").GetInt32(),
            Database = name,
            Username = direct.GetProperty("user").GetString(),
            Password = direct.GetProperty("password").GetString(),
            SslMode = SslMode.Require,
            MaxPoolSize = 5,
            ConnectionIdleLifetime = 2,
            ConnectionPruningInterval = 1,
        }.ConnectionString);
    }

    public string SecretFile(string secret)
    {
        var path = Path.Combine(Folder, "secret-id");
        File.WriteAllText(path, secret);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string NewFolder() => Directory.CreateTempSubdirectory("portal-test-").FullName;
}
