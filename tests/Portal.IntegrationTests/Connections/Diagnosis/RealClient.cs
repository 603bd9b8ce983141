using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Portal.Connections;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Sandbox.DigitalOcean;

namespace Portal.IntegrationTests.Connections.Diagnosis;

/// <summary>Npgsql and psql, for what they say when something is wrong.</summary>
internal sealed class RealClient : IDisposable
{
    private readonly ConnectionsWorld _world;
    private readonly string _host;
    private readonly int _port;
    private readonly string _password;

    private RealClient(ConnectionsWorld world, PoolEndpoint endpoint, int directPort, string password)
    {
        _world = world;
        _host = endpoint.Host;
        _port = endpoint.Port;
        _password = password;
        DirectPort = directPort;
    }

    public int DirectPort { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-diagnose-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RealClient> StartAsync(ConnectionsWorld world)
    {
        using var api = new SandboxApi(world.Sandbox);
        var pool = await world.UnmanagedPoolAsync(new PoolFields(PoolMode.Transaction, 1, "checkout", "checkout"));
        var found = (await world.Api.GetPoolAsync(SandboxClusters.OrdersProd, pool, Token)).Match(found => found, failure => throw new InvalidOperationException(failure.ToString()));
        var direct = (await api.GetAsync($"/v2/databases/{SandboxClusters.OrdersProd}")).Json.GetProperty("database").GetProperty("connection");
        return new RealClient(world, found.Endpoints.Public!, direct.GetProperty("port").GetInt32(), await world.PasswordOfAsync("checkout"));
    }

    public NpgsqlConnectionStringBuilder Settings(string database, string user = "checkout", string? password = null) => new()
    {
        Host = _host,
        Port = _port,
        Database = database,
        Username = user,
        Password = password ?? _password,
        SslMode = SslMode.Require,
        Pooling = false,
        NoResetOnClose = true,
        Timeout = 20,
    };

    /// <summary>A direct connection of the owner to a database that was not there.</summary>
    public async Task<NpgsqlConnection> NewDatabaseAsync(string name)
    {
        using var api = new SandboxApi(_world.Sandbox);
        ((int)(await api.PostAsync($"/v2/databases/{SandboxClusters.OrdersProd}/dbs", new { name })).Status).ShouldBe(201);
        var owner = Settings(name, "doadmin", await _world.PasswordOfAsync("doadmin"));
        owner.Port = DirectPort;
        return await owner.OpenAsync();
    }

    /// <summary>What both say.</summary>
    public async Task<IReadOnlyList<string>> EverywhereAsync(NpgsqlConnectionStringBuilder settings, string query = "SELECT 1") =>
        [await NpgsqlAsync(settings, query), await PsqlAsync(settings, query)];

    /// <summary>The whole exception, as people paste it.</summary>
    public static Task<string> NpgsqlAsync(NpgsqlConnectionStringBuilder settings, string query = "SELECT 1") => FailureAsync(async () =>
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(query, connection);
        await command.ExecuteScalarAsync(Token);
    });

    public Task<string> PsqlAsync(NpgsqlConnectionStringBuilder settings, string query, string more = "")
    {
        var tls = settings.SslMode is SslMode.VerifyFull ? "verify-full" : "require";
        var root = settings.RootCertificate is { } file ? $"sslrootcert={Escape.Libpq(file)}" : "";
        return RunPsqlAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"host={settings.Host} port={settings.Port} dbname={Escape.Libpq(settings.Database!)} user={settings.Username} password={Escape.Libpq(settings.Password!)} sslmode={tls} {root} {more}"),
            "-c",
            query);
    }

    public async Task<string> RunPsqlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("psql", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Folder;
        start.Environment["LC_ALL"] = "C";
        start.Environment["PGCONNECT_TIMEOUT"] = "20";
        using var psql = Process.Start(start)!;
        psql.StandardInput.Close();
        var output = psql.StandardOutput.ReadToEndAsync(Token);
        var error = await psql.StandardError.ReadToEndAsync(Token);
        await psql.WaitForExitAsync(Token);
        psql.ExitCode.ShouldNotBe(0, await output);
        return error;
    }

    public async Task<string> CertificateAsync(Guid cluster)
    {
        var authority = (await _world.Api.GetCertificateAuthorityAsync(cluster, Token)).Match(found => found, failure => throw new InvalidOperationException(failure.ToString()));
        var path = Path.Combine(Folder, $"{cluster}.crt");
        await File.WriteAllTextAsync(path, authority.Pem, Token);
        return path;
    }

    /// <summary>Tells PgBouncer's console; a setting that an older one does not know does not matter.</summary>
    public async Task ConsoleAsync(string command)
    {
        var live = (await _world.Sandbox.Of<Cloud>().Find(SandboxClusters.OrdersProd.ToString())!.Live).ShouldNotBeNull();
        try
        {
            await live.RunAsync(command);
        }
        catch (Exception exception) when (command.Contains("max_prepared_statements", StringComparison.Ordinal) && exception is not OperationCanceledException)
        {
            // Before 1.21 there is nothing to turn off.
        }
    }

    public static async Task<string> FailureAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception.ToString();
        }

        throw new InvalidOperationException("It worked, and should not have.");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
