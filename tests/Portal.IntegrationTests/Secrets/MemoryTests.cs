using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Door;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Secrets;

/// <summary>What the portal's own process holds: its memory, read from outside, as from a dump.</summary>
/// <remarks>
/// .NET frees what nobody holds when it likes and leaves the bytes where they are, so that nothing is said here of a password that
/// somebody asked for. That one which nobody asked for was never there is no luck.
/// </remarks>
public sealed class MemoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Pool = "memory-app";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TestDatabase _database = TestDatabase.Sqlite();
    private readonly int _port = FreePort();
    private SandboxHost _sandbox = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false, PortalUrls = $"http://localhost:{_port}", RequestsPerMinute = 1_000_000, RequestsPerHour = 1_000_000 }, Token);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task With_two_tokens_a_password_that_nobody_asked_for_is_not_in_memory()
    {
        _sandbox.WriteSecret("pool-portal", new { token = "dop_v1_sandbox_noview", passwords = "dop_v1_sandbox" });
        await MakePoolAsync();
        await ForgetReadingsAsync();
        var read = _sandbox.Ledger.Entries.Count;
        using var portal = PortalProcess.Start(_sandbox, _database, Settings);
        Assert.SkipUnless(ProcessMemory.IsReadable(portal.Id), "This machine does not show the memory of a process.");
        await Eventually.BecomesTrueAsync("the background has read every cluster", () => HasReadClusters(read), Deadline);
        var asked = await PasswordOfAsync("app");
        var others = (await AllPasswordsAsync()).Where(password => password != asked).ToList();

        var before = ProcessMemory.Count(portal.Id, [asked, .. others, "dop_v1_sandbox_noview"]);
        await ShowAsync();
        var after = ProcessMemory.Count(portal.Id, [asked, .. others, "dop_v1_sandbox_noview"]);

        before["dop_v1_sandbox_noview"].ShouldBeGreaterThan(0, "the search is blind");
        before[asked].ShouldBe(0);
        others.Count.ShouldBeGreaterThan(8);
        others.Sum(password => before[password]).ShouldBe(0, "before");
        others.Sum(password => after[password]).ShouldBe(0, "after another one was shown");
        output.WriteLine($"The password that was shown is there {after[asked]} times.");
    }

    private void Settings(Dictionary<string, string> settings)
    {
        settings["urls"] = $"http://localhost:{_port}";
        settings["Vault:HashiCorp:CredentialsField"] = "passwords";
        // It reads the users of one cluster, with their passwords, to see that it can.
        settings["DigitalOcean:TryScopes"] = "false";
    }

    /// <summary>By a portal that has ended before the one that is looked at begins.</summary>
    private async Task MakePoolAsync()
    {
        await using var portal = await PortalHost.StartAsync(_sandbox, _database, Settings);
        await portal.ReadAsync(SandboxClusters.OrdersProd);
        (await portal.CreateAsync(await portal.SignInDeveloperAsync(), FreezeTests.Request(Pool, "2"))).State.ShouldBe(ChangeState.Done);
    }

    /// <summary>What the first portal read is not read again for a while; the second one is to read all of it.</summary>
    private async Task ForgetReadingsAsync()
    {
        await using var connection = new SqliteConnection($"{_database.ConnectionString};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE clusters SET pools_read_at = NULL";
        (await command.ExecuteNonQueryAsync(Token)).ShouldBeGreaterThan(0);
    }

    private bool HasReadClusters(int before) =>
        _sandbox.Ledger.Entries.Skip(before).Where(entry => entry.Method == "GET" && entry.Path.EndsWith("/pools", StringComparison.Ordinal)).Select(entry => entry.Path).Distinct(StringComparer.Ordinal).Count() >= 3;

    private async Task ShowAsync()
    {
        using var browser = new Browser(new Uri($"http://localhost:{_port}"));
        await browser.SignInAsync("developer");
        using var answer = await browser.PostAsync(
            $"/clusters/{SandboxClusters.OrdersProd}/pools/{Pool}/connection",
            ("format", "uri"), ("network", "public"), ("verify", "false"), ("connectAs", ""), ("purpose", "shown"), ("__RequestVerificationToken", await browser.FormTokenAsync()));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Regex.IsMatch(await answer.Content.ReadAsStringAsync(Token), "^postgresql://app:[^@]+@", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).ShouldBeTrue();
    }

    private async Task<string> PasswordOfAsync(string user)
    {
        using var api = new SandboxApi(_sandbox);
        return (await api.GetAsync($"/v2/databases/{SandboxClusters.OrdersProd}/users/{user}")).Json.GetProperty("user").GetProperty("password").GetString()!;
    }

    private async Task<IReadOnlyList<string>> AllPasswordsAsync()
    {
        using var api = new SandboxApi(_sandbox);
        var clusters = (await api.GetAsync("/v2/databases?per_page=200")).Json.GetProperty("databases").EnumerateArray().Select(cluster => cluster.GetProperty("id").GetString()).ToList();
        List<string> passwords = [];
        foreach (var cluster in clusters)
        {
            var answer = await api.GetAsync($"/v2/databases/{cluster}/users?per_page=200");
            if ((int)answer.Status == 200)
            {
                passwords.AddRange(answer.Json.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("password").GetString()!));
            }
        }

        return [.. passwords.Distinct(StringComparer.Ordinal)];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
