using System.Net;
using Microsoft.Data.Sqlite;
using Npgsql;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Connections;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Record;

/// <summary>A database that takes nothing more: no password, no change, no crash, words for people, and all of it again when there is room.</summary>
public sealed class FullDiskTests(SandboxFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private SandboxHost _sandbox = null!;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_full_disk_under_sqlite_stops_everything_and_room_starts_it_again()
    {
        Assert.SkipUnless(SmallDisk.CanMount, "It takes root to mount a small disk.");
        using var database = TestDatabase.Sqlite();
        await using var disk = await SmallDisk.MountAsync(database.Folder, megabytes: 4);
        await ProveAsync(
            database,
            stop: disk.FillAsync,
            start: () =>
            {
                disk.Free();
                return Task.CompletedTask;
            });
    }

    [Fact]
    public async Task A_read_only_disk_under_sqlite_stops_everything_and_a_writable_one_starts_it_again()
    {
        Assert.SkipUnless(SmallDisk.CanMount, "It takes root to mount a disk.");
        using var database = TestDatabase.Sqlite();
        await using var portal = await StartAsync(database);

        // What a connection that writes has left behind is there, as it is when a disk becomes read-only under a running portal.
        await using var other = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = other.CreateCommand();
        command.CommandText = "SELECT count(*) FROM audit";
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await ProveAsync(
            portal,
            stop: async () =>
            {
                await SmallDisk.RunAsync("mount", "--bind", database.Folder, database.Folder);
                await SmallDisk.RunAsync("mount", "-o", "remount,ro,bind", database.Folder);
                SqliteConnection.ClearAllPools();
            },
            start: async () =>
            {
                await SmallDisk.RunAsync("umount", "-l", database.Folder);
                SqliteConnection.ClearAllPools();
            });
    }

    [Fact]
    public async Task A_read_only_postgresql_stops_everything_and_a_writable_one_starts_it_again()
    {
        using var database = await TestDatabase.PostgreSqlAsync(server.Host);
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        await ProveAsync(
            database,
            stop: () => OnServerAsync(database, $"ALTER DATABASE \"{name}\" SET default_transaction_read_only = on"),
            start: () => OnServerAsync(database, $"ALTER DATABASE \"{name}\" RESET default_transaction_read_only"));
    }

    private async Task ProveAsync(TestDatabase database, Func<Task> stop, Func<Task> start)
    {
        await using var portal = await StartAsync(database);
        await ProveAsync(portal, stop, start);
    }

    private Task<PortalHost> StartAsync(TestDatabase database) => PortalHost.StartAsync(_sandbox, database);

    private async Task ProveAsync(PortalHost portal, Func<Task> stop, Func<Task> start)
    {
        await portal.ReadAsync(SandboxClusters.OrdersProd);
        var developer = await portal.SignInDeveloperAsync();
        (await portal.CreateAsync(developer, Request("checkout-app"))).State.ShouldBe(ChangeState.Done);
        using var browser = await ConnectionsWorld.Browser.OpenAsync(portal, developer);
        (await browser.TextAsync("checkout-app")).ShouldStartWith("postgresql://");
        var rows = portal.Record.Count;
        var posts = Posts;

        await stop();

        using (var answer = await browser.AskAsync("checkout-app"))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            text.ShouldContain("cannot write to its record");
            _sandbox.Secrets.ShouldAllBe(secret => !text.Contains(secret, StringComparison.Ordinal));
        }

        (await portal.Of<ChangeRequests>().SubmitAsync(developer, Request("second-pool"), CancellationToken.None)).TryGet(out _, out var notTaken).ShouldBeFalse();
        notTaken!.Message!.ShouldContain("cannot write");
        Posts.ShouldBe(posts);
        portal.Record.Count.ShouldBe(rows);
        (await ReadyAsync(portal)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        await start();

        await Eventually.BecomesTrueAsync("the portal is ready again", async () => await ReadyAsync(portal) is HttpStatusCode.OK, Soon);
        (await browser.TextAsync("checkout-app")).ShouldStartWith("postgresql://");
        (await portal.CreateAsync(developer, Request("second-pool"))).State.ShouldBe(ChangeState.Done);
        SomeRecord.FirstBroken(portal.Record).ShouldBeNull();
    }

    private int Posts => _sandbox.Ledger.Count(HttpMethod.Post, "/v2/databases/*/pools");

    private static CreatePool Request(string name) => new()
    {
        FormId = Guid.NewGuid(),
        ClusterId = SandboxClusters.OrdersProd,
        Team = "Payments",
        Database = "checkout",
        User = "app",
        Mode = PoolMode.Transaction,
        Size = "2",
        Name = name,
        Reason = "a test",
    };

    private static async Task<HttpStatusCode> ReadyAsync(PortalHost portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>On a connection of its own, and then every connection of the portal is made anew.</summary>
    private static async Task OnServerAsync(TestDatabase database, string statement)
    {
        var builder = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        builder.Database = "defaultdb";
        builder.Pooling = false;
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
        NpgsqlConnection.ClearAllPools();
    }
}
