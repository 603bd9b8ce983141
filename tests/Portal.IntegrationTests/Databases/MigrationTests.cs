using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Databases;

/// <summary>How a start brings the database to its schema.</summary>
public sealed class MigrationTests(SandboxFixture server) : IAsyncLifetime
{
    private SandboxHost _sandbox = null!;

    public async ValueTask InitializeAsync() =>
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_portals_may_start_at_once_on_a_database_that_is_new(bool isThere)
    {
        using var database = await TestDatabase.PostgreSqlAsync(server.Host);
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        if (!isThere)
        {
            settings.Database += "_new";
        }

        var starts = Enumerable.Range(0, 4).Select(_ => PortalHost.StartAsync(_sandbox, database, set => set["Database:ConnectionString"] = settings.ConnectionString)).ToList();
        var portals = await Task.WhenAll(starts);

        try
        {
            await portals[0].SignInDeveloperAsync();
            portals[3].ReadAll<Access.Session>().ShouldHaveSingleItem();
        }
        finally
        {
            foreach (var portal in portals)
            {
                await portal.DisposeAsync();
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_database_of_a_newer_version_is_left_alone_with_words(bool isPostgreSql)
    {
        using var database = isPostgreSql ? await TestDatabase.PostgreSqlAsync(server.Host) : TestDatabase.Sqlite();
        await using (var portal = await PortalHost.StartAsync(_sandbox, database))
        {
            await portal.Of<Database>().WriteAsync(
                (db, token) => db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_FromTomorrow', '99.0')""", token),
                CancellationToken.None);
        }

        var refused = await Should.ThrowAsync<NewerDatabaseException>(() => PortalHost.StartAsync(_sandbox, database));

        refused.Message.ShouldContain("29990101000000_FromTomorrow");
        refused.Message.ShouldContain("Start the newer version");
    }

    [Fact]
    public async Task Portals_that_run_go_on_when_a_newer_version_has_added_to_their_tables()
    {
        using var database = await TestDatabase.PostgreSqlAsync(server.Host);
        await using var one = await PortalHost.StartAsync(_sandbox, database);
        await using var other = await PortalHost.StartAsync(_sandbox, database);
        await one.ReadAsync(SandboxClusters.OrdersProd);
        var session = await one.SignInDeveloperAsync();

        await one.Of<Database>().WriteAsync(
            (db, token) => db.Database.ExecuteSqlRawAsync(
                """
                ALTER TABLE changes ADD COLUMN of_tomorrow text;
                ALTER TABLE sessions ADD COLUMN of_tomorrow integer NOT NULL DEFAULT 7;
                CREATE TABLE tomorrow (id integer PRIMARY KEY);
                INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_FromTomorrow', '99.0');
                """,
                token),
            CancellationToken.None);

        (await other.CreateAsync(session, ChangeScene.Request("first-app"))).State.ShouldBe(ChangeState.Done);
        (await one.CreateAsync(await other.SignInDeveloperAsync(), ChangeScene.Request("second-app"))).State.ShouldBe(ChangeState.Done);
        (await Should.ThrowAsync<NewerDatabaseException>(() => PortalHost.StartAsync(_sandbox, database))).Message.ShouldContain("Start the newer version");
    }
}
