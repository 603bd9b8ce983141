using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Portal.Sandbox.DigitalOcean;

namespace Portal.Sandbox.Clusters;

/// <summary>A cluster made of processes: a PostgreSQL, a PgBouncer before it, a folder, and a keeper that ends them.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestCommand = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(4);

    private readonly string _folder;
    private readonly ServiceUser _user;
    private readonly ClusterAddress _address;
    private readonly string _listen;
    private readonly IReadOnlyList<string> _statsUsers;
    private readonly string _superuserPassword = Passwords.Plain();
    private readonly string _administratorPassword = Passwords.Plain();
    private readonly PostgresAdministration _postgres;
    private Process? _keeper;

    private LiveCluster(string folder, ServiceUser user, ClusterAddress address, string listen, IReadOnlyList<string> statsUsers)
    {
        _folder = folder;
        _user = user;
        _address = address;
        _listen = listen;
        _statsUsers = statsUsers;
        _postgres = new PostgresAdministration(folder, address.DirectPort, _superuserPassword);
    }

    /// <summary>Passwords of its own that nobody else ever has.</summary>
    public IEnumerable<string> Secrets => [_superuserPassword, _administratorPassword];

    public string Folder => _folder;

    public static async Task<LiveCluster> StartAsync(
        Cluster cluster,
        Binaries binaries,
        ServiceUser user,
        string folder,
        string listen,
        IReadOnlyList<string> statsUsers,
        CancellationToken cancellationToken)
    {
        var live = new LiveCluster(folder, user, cluster.Address, listen, statsUsers);
        try
        {
            // The keeper first: from here on there is somebody to remove the folder, also when this process is killed while it fills it.
            await live.StartKeeperAsync(binaries);
            live.Prepare(cluster);
            await live.ReleaseKeeperAsync();
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(LongestStart);
            await live._postgres.WaitAsync(live.Failure, deadline.Token);
            await live._postgres.FillAsync(cluster.Contents, deadline.Token);
            await live.WaitForConsoleAsync(deadline.Token);
            return live;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var log = Path.Combine(folder, "keeper.log");
            var words = File.Exists(log) ? await File.ReadAllTextAsync(log, CancellationToken.None) : "";
            await live.DisposeAsync();
            throw new InvalidOperationException($"{cluster.Facts.Name} did not start: {exception.Message}\n{words}", exception);
        }
        catch
        {
            await live.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets PgBouncer have exactly these pools; returns when a new connection sees them.</summary>
    /// <param name="changed">A pool whose server connections are to be opened anew.</param>
    public async Task ShowPoolsAsync(ClusterContents contents, Pool? changed)
    {
        Write("pgbouncer.ini", PgBouncerConfiguration.Settings(contents, _address, _listen, _folder, _statsUsers));
        await RunSurelyAsync("RELOAD");
        if (changed is not null)
        {
            await RunSurelyAsync($"RECONNECT \"{changed.Name}\"");
        }
    }

    public Task AddDatabaseAsync(string name) => _postgres.AddDatabaseAsync(name);

    public async Task AddUserAsync(DatabaseUser user, ClusterContents contents)
    {
        await _postgres.AddUserAsync(user);
        await ShowUsersAsync(contents);
    }

    public async Task ResetPasswordAsync(DatabaseUser user, ClusterContents contents)
    {
        await _postgres.SetPasswordAsync(user);
        await ShowUsersAsync(contents);
    }

    /// <summary>A command of PgBouncer's console; the first row is the names of the columns.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> RunAsync(string command)
    {
        using var deadline = new CancellationTokenSource(LongestCommand);
        return await PgBouncerConsole.RunAsync(SocketPath, command, deadline.Token);
    }

    // A PgBouncer that died over the command, or hangs and is ended, is started again with the settings as they are written.
    private async Task RunSurelyAsync(string command)
    {
        using var deadline = new CancellationTokenSource(LongestCommand);
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
            patience.CancelAfter(LongestSilence);
            try
            {
                await PgBouncerConsole.RunAsync(SocketPath, command, patience.Token);
                return;
            }
            catch (OperationCanceledException) when (!deadline.IsCancellationRequested)
            {
                await EndPoolerAsync();
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                // It died; the keeper is about to start the next.
            }

            await WaitForConsoleAsync(deadline.Token);
        }
    }

    private async Task EndPoolerAsync()
    {
        var id = int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "pooler")), CultureInfo.InvariantCulture);
        try
        {
            using var pooler = Process.GetProcessById(id);
            pooler.Kill();
        }
        catch (ArgumentException)
        {
            // Ended by itself meanwhile.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync();
            _keeper.Dispose();
            _keeper = null;
        }

        // The keeper removes the folder; what it may not remove, an entry of a folder that is not its own, is left for its parent to remove.
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string SocketPath => Path.Combine(_folder, $".s.PGSQL.{_address.PoolPort}");

    private void Prepare(Cluster cluster)
    {
        if (!Directory.Exists(_folder))
        {
            PrivateFile.CreateFolder(_folder);
            _user.Own(_folder);
        }

        string[] hosts = ["localhost", "127.0.0.1", "::1", _address.Host, .. _address.PrivateHost is { } inner ? [inner] : Array.Empty<string>()];
        var (certificate, key) = cluster.Authority.Issue(hosts.Distinct(StringComparer.Ordinal));
        Write("server.crt", certificate);
        Write("server.key", key);
        Write("superuser", _superuserPassword + "\n");
        Write("pg_hba.conf", PostgresSettings.HostBasedAccess);
        Write("postgresql.conf", PostgresSettings.Server(cluster.Facts, _address, _listen, _folder));
        Write("pgbouncer_hba.conf", PgBouncerConfiguration.HostBasedAccess(_statsUsers));
        Write("userlist.txt", PgBouncerConfiguration.Users(cluster.Contents, _administratorPassword));
        Write("pgbouncer.ini", PgBouncerConfiguration.Settings(cluster.Contents, _address, _listen, _folder, _statsUsers));
    }

    private async Task StartKeeperAsync(Binaries binaries)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var argument in new[] { "-c", Script(), "keeper", _folder, binaries.InitDb, binaries.Postgres, binaries.PgBouncer })
        {
            start.ArgumentList.Add(argument);
        }

        if (_user.Name is not null)
        {
            start.UserName = _user.Name;
        }

        // Nothing of this process's environment concerns them, and some of it may be secret.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C";
        _keeper = Process.Start(start) ?? throw new InvalidOperationException("/bin/sh did not start.");
        await _keeper.StandardOutput.ReadLineAsync();
    }

    /// <summary>The folder is complete.</summary>
    private async Task ReleaseKeeperAsync()
    {
        await _keeper!.StandardInput.WriteLineAsync();
        await _keeper.StandardInput.FlushAsync();
    }

    private static string Script()
    {
        using var stream = typeof(LiveCluster).Assembly.GetManifestResourceStream("keeper.sh")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private string? Failure() => File.Exists(Path.Combine(_folder, "failed")) || _keeper is { HasExited: true } ? "the keeper gave up" : null;

    private async Task WaitForConsoleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await PgBouncerConsole.RunAsync(SocketPath, "SHOW VERSION", cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is IOException or SocketException && Failure() is null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task ShowUsersAsync(ClusterContents contents)
    {
        Write("userlist.txt", PgBouncerConfiguration.Users(contents, _administratorPassword));
        await RunSurelyAsync("RELOAD");
    }

    private void Write(string name, string text) => PrivateFile.Write(Path.Combine(_folder, name), text, _user.Own);
}
