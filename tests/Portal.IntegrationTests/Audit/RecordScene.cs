using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Record;

/// <summary>A portal whose record is signed and whose heads lie in a file, on either engine, anew for each test.</summary>
public abstract class RecordScene(SandboxFixture? server) : IAsyncLifetime
{
    private protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private protected SandboxHost _sandbox = null!;
    private protected TestDatabase _database = null!;
    private protected PortalHost _portal = null!;

    private protected string HeadsFile => Path.Combine(_database.Folder, "heads.jsonl");

    private protected string KeyFile => Path.Combine(_database.Folder, "key.pem");

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);
        _database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        _portal = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<PortalHost> StartAsync(params (string Key, string Value)[] settings) => PortalHost.StartAsync(_sandbox, _database, all =>
    {
        foreach (var (key, value) in Settings.Concat(settings))
        {
            all[key] = value;
        }
    });

    private protected IEnumerable<(string Key, string Value)> Settings =>
    [
        ("Audit:Heads:File", HeadsFile),
        ("Audit:SigningKeyPath", "pool-portal/record"),
        ("Audit:VerifyEvery", "00:00:00.050"),
        ("Audit:CheckpointEveryRows", "5"),
        ("Audit:CheckpointEvery", "1.00:00:00"),
    ];

    private protected async Task RestartAsync(params (string Key, string Value)[] settings)
    {
        await _portal.DisposeAsync();
        _portal = await StartAsync(settings);
    }

    private protected async Task RecordAsync(int rows)
    {
        for (var number = 1; number <= rows; number++)
        {
            await _portal.Of<AuditLog>().AppendAsync(new AuditEntry("tried") { Details = new Dictionary<string, string?> { ["number"] = $"{number}" } }, CancellationToken.None);
        }
    }

    private protected Task CheckpointAsync() => Eventually.BecomesTrueAsync(
        "all but the last few rows are signed", () => _portal.ReadAll<AuditCheckpoint>().Select(checkpoint => checkpoint.Sequence).DefaultIfEmpty(0).Max() > _portal.Record[^1].Sequence - 5, Soon);

    private protected Task HeadAsync() => Eventually.BecomesTrueAsync(
        "the head of the last row is outside", () => _portal.Of<HeadsOutside>().Last?.Sequence == _portal.Record[^1].Sequence, Soon);

    /// <summary>As somebody would who can write the database: the triggers are no wall for them.</summary>
    private protected async Task TamperAsync(string statement)
    {
        await using var db = await _portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        string[] triggers = _database.Provider is "Sqlite"
            ? ["DROP TRIGGER IF EXISTS audit_refuses_update", "DROP TRIGGER IF EXISTS audit_refuses_delete"]
            : ["DROP TRIGGER IF EXISTS audit_refuses_change ON audit", "DROP TRIGGER IF EXISTS audit_refuses_delete ON audit"];
        foreach (var line in triggers.Append(statement))
        {
            await db.Database.ExecuteSqlRawAsync(line);
        }
    }

    /// <summary>The program, as an auditor or an operator starts it.</summary>
    private protected async Task<(int Code, string Text)> CommandAsync(params string[] arguments)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _database.Folder };
        start.ArgumentList.Add(Path.Combine(output.Parent!.Parent!.FullName, "Portal", output.Name, "Portal.dll"));
        start.ArgumentList.Add("audit");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(texts));
    }

    /// <summary>The same on the database of this test.</summary>
    private protected Task<(int Code, string Text)> OnDatabaseAsync(params string[] arguments) => CommandAsync(
    [
        .. arguments,
        .. PortalHost.Arguments(_sandbox, _database, all =>
        {
            foreach (var (key, value) in Settings)
            {
                all[key] = value;
            }
        }),
    ]);

    private protected async Task<string> ExportAsync(string name)
    {
        var path = Path.Combine(_database.Folder, name);
        (await _portal.Of<ISigningKeySource>().GetAsync(CancellationToken.None)).TryGet(out var key, out _).ShouldBeTrue();
        await using var file = File.Create(path);
        await _portal.Of<RecordExport>().WriteAsync(file, new ExportScope { Through = await _portal.Of<RecordTable>().LastAsync(CancellationToken.None), By = "a test" }, key, CancellationToken.None);
        await File.WriteAllTextAsync(KeyFile, key!.Public.Pem);
        return path;
    }
}
