using Portal.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

public sealed class AnswerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_is_read_with_all_that_is_known_and_nothing_that_is_secret()
    {
        var cluster = await ReadAsync(
            """
            {"database":{"id":"9cc10173-e9ea-4176-9dbc-a4cee4c4ff30","name":"backend","engine":"pg","version":"17","semantic_version":"17.2",
            "num_nodes":2,"size":"db-s-2vcpu-4gb","region":"nyc3","status":"online","created_at":"2019-01-11T18:37:36Z",
            "private_network_uuid":"d455e75d-4858-4eec-8c95-da2f0a5f93a7","tags":["production"],"db_names":["defaultdb","orders"],
            "connection":{"uri":"postgres://doadmin:hunter2@db.example:25060/defaultdb","database":"defaultdb","host":"db.example","port":25060,
            "user":"doadmin","password":"hunter2","ssl":true},
            "private_connection":{"uri":"","database":"","host":"private-db.example","port":25060,"user":"doadmin","password":"hunter2","ssl":true},
            "standby_connection":{"database":"defaultdb","host":"replica-db.example","port":25060},
            "users":[{"name":"doadmin","role":"primary","password":"hunter2"},{"name":"app","role":"normal","password":""}],
            "maintenance_window":null,"rules":[{"type":"tag","value":"web"}],"brand_new":{"deep":[1,{"a":null}]}}}
            """,
            (api, stop) => api.GetClusterAsync(ClusterId, stop));

        cluster.Id.ShouldBe(ClusterId);
        (cluster.Name, cluster.Engine, cluster.Version, cluster.Status, cluster.Region, cluster.SizeSlug, cluster.NodeCount)
            .ShouldBe(("backend", "pg", "17", "online", "nyc3", "db-s-2vcpu-4gb", 2));
        (cluster.IsOnline, cluster.IsPostgreSql, cluster.HasPrivateConnection, cluster.HasStandby).ShouldBe((true, true, true, true));
        cluster.PrivateNetworkId.ShouldBe(Guid.Parse("d455e75d-4858-4eec-8c95-da2f0a5f93a7"));
        cluster.CreatedAt.ShouldBe(new DateTimeOffset(2019, 1, 11, 18, 37, 36, TimeSpan.Zero));
        cluster.Tags.ShouldBe(["production"]);
        cluster.DatabaseNames.ShouldBe(["defaultdb", "orders"]);
        cluster.Users.ShouldBe([new DatabaseUser("doadmin", "primary"), new DatabaseUser("app", "normal")]);
        cluster.Plan.Budget.ShouldBe(97);
        cluster.Direct.ShouldBe(new DirectEndpoints
        {
            Public = new DirectEndpoint("db.example", 25060, "defaultdb"),
            Private = new DirectEndpoint("private-db.example", 25060, Database: null),
            Standby = new DirectEndpoint("replica-db.example", 25060, "defaultdb"),
        });
        cluster.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_cluster_may_leave_out_all_that_is_not_required()
    {
        var cluster = (await ReadAsync(
            """
            {"databases":[{"id":"9cc10173-e9ea-4176-9dbc-a4cee4c4ff30","name":"backend","engine":"mysql","num_nodes":1,"size":"m3","region":"nyc3",
            "tags":null,"users":null,"db_names":null,"connection":null,"private_network_uuid":"","created_at":"soon"}],"links":{},"meta":{"total":1}}
            """,
            (api, stop) => api.ListClustersAsync(stop))).ShouldHaveSingleItem();

        (cluster.IsOnline, cluster.IsPostgreSql, cluster.HasPrivateConnection, cluster.HasStandby).ShouldBe((false, false, false, false));
        (cluster.Status, cluster.Version, cluster.PrivateNetworkId, cluster.CreatedAt, cluster.Plan.Budget).ShouldBe(("", null, null, null, null));
        cluster.Tags.ShouldBeEmpty();
        cluster.Users.ShouldBeEmpty();
        cluster.DatabaseNames.ShouldBeEmpty();
        cluster.Direct.ShouldBe(new DirectEndpoints());
    }

    [Theory]
    [InlineData("creating")]
    [InlineData("resizing")]
    [InlineData("migrating")]
    [InlineData("forking")]
    [InlineData("Online")]
    public async Task Only_an_online_cluster_is_online(string status) =>
        (await ReadAsync(
            $$$"""{"database":{"id":"{{{ClusterId}}}","name":"b","engine":"pg","num_nodes":1,"size":"m","region":"r","status":"{{{status}}}"}}""",
            (api, stop) => api.GetClusterAsync(ClusterId, stop))).IsOnline.ShouldBeFalse();

    [Fact]
    public async Task Pools_are_listed_without_their_passwords()
    {
        var pools = await ReadAsync(
            """
            {"pools":[
            {"user":"doadmin","name":"reporting-pool","size":10,"db":"defaultdb","mode":"session","connection":{"host":"h","port":25061,"password":"hunter2"}},
            {"user":"","name":"inbound-1","size":1,"db":"orders","mode":"transaction",
            "connection":{"uri":"postgresql://:@h/inbound-1","host":"h","port":25061,"user":"","password":""},
            "private_connection":{"host":"p","port":25061},"standby_connection":{"host":"s","port":25061},"standby_private_connection":{"host":"sp","port":25061}},
            {"name":"inbound-2","size":97,"db":"orders","mode":"statement","connection":null,"private_connection":{}}]}
            """,
            (api, stop) => api.ListPoolsAsync(ClusterId, stop));

        pools.Select(pool => pool.Fields).ShouldBe(
        [
            new PoolFields(PoolMode.Session, 10, "defaultdb", "doadmin"),
            new PoolFields(PoolMode.Transaction, 1, "orders", User: null),
            new PoolFields(PoolMode.Statement, 97, "orders", User: null),
        ]);
        pools[1].Endpoints.ShouldBe(new PoolEndpoints
        {
            Public = new PoolEndpoint("h", 25061),
            Private = new PoolEndpoint("p", 25061),
            Standby = new PoolEndpoint("s", 25061),
            StandbyPrivate = new PoolEndpoint("sp", 25061),
        });
        pools[2].Endpoints.ShouldBe(new PoolEndpoints());
        string.Concat(pools).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("""{"pools":[]}""")]
    [InlineData("""{"pools":null}""")]
    public async Task A_cluster_without_pools_has_none(string answer) =>
        (await ReadAsync(answer, (api, stop) => api.ListPoolsAsync(ClusterId, stop))).ShouldBeEmpty();

    [Fact]
    public async Task A_pool_of_an_unheard_of_mode_can_be_seen_but_not_sent_back()
    {
        var pool = await ReadAsync(
            """{"pool":{"name":"abc","mode":"quantum","size":5,"db":"d"}}""", (api, stop) => api.GetPoolAsync(ClusterId, "abc", stop));

        (pool.ModeText, pool.Mode, pool.Fields).ShouldBe(("quantum", null, null));
    }

    [Fact]
    public async Task A_connection_comes_with_the_password_of_its_user()
    {
        var connection = await ReadAsync(PoolJson, (api, stop) => api.GetPoolConnectionAsync(ClusterId, "backend-pool", stop));

        connection.Pool.User.ShouldBe("doadmin");
        connection.Pool.Endpoints.Public.ShouldBe(new PoolEndpoint("db.example", 25061));
        connection.Password.ShouldNotBeNull().Reveal().ShouldBe("hunter2");
        connection.ToString().ShouldNotContain("hunter2");
        connection.ToString().ShouldContain("***");
    }

    [Theory]
    [InlineData("""{"host":"h","port":25061}""")]
    [InlineData("""{"host":"h","port":25061,"password":null}""")]
    [InlineData("""{"host":"h","port":25061,"password":"","uri":"postgresql://doadmin:@h/p"}""")]
    [InlineData("null")]
    public async Task A_connection_without_a_password_is_ordinary(string part) =>
        (await ReadAsync(
            $$$"""{"pool":{"name":"abc","mode":"session","size":5,"db":"d","user":"app","connection":{{{part}}}}}""",
            (api, stop) => api.GetPoolConnectionAsync(ClusterId, "abc", stop))).Password.ShouldBeNull();

    [Theory]
    [InlineData("private_connection")]
    [InlineData("standby_connection")]
    [InlineData("standby_private_connection")]
    public async Task The_password_is_found_in_whatever_connection_there_is(string key) =>
        (await ReadAsync(
            $$$"""{"pool":{"name":"abc","mode":"session","size":5,"db":"d","user":"app","{{{key}}}":{"host":"h","port":1,"password":"hunter2"} } }""",
            (api, stop) => api.GetPoolConnectionAsync(ClusterId, "abc", stop))).Password.ShouldBe(new Secret("hunter2"));

    [Fact]
    public async Task The_credentials_of_a_user_may_lack_the_password()
    {
        var with = await ReadAsync(
            """{"user":{"name":"app","role":"normal","password":"hunter2"}}""", (api, stop) => api.GetUserCredentialsAsync(ClusterId, "app", stop));
        var without = await ReadAsync(
            """{"user":{"name":"app","role":"normal"}}""", (api, stop) => api.GetUserCredentialsAsync(ClusterId, "app", stop));

        with.ShouldBe(new UserCredentials("app", new Secret("hunter2")));
        without.ShouldBe(new UserCredentials("app", Password: null));
        with.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task The_certificate_is_the_pem_inside_its_base64()
    {
        var pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        var text = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pem));

        (await ReadAsync($$$"""{"ca":{"certificate":"{{{text}}}"}}""", (api, stop) => api.GetCertificateAuthorityAsync(ClusterId, stop)))
            .Pem.ShouldBe(pem);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ca":{"certificate":""}}""")]
    [InlineData("""{"ca":{"certificate":"%%%"}}""")]
    [InlineData("""{"ca":{"certificate":"aGVsbG8="}}""")]
    public async Task What_is_no_certificate_is_not_passed_on_as_one(string answer)
    {
        await using var server = RawServer.Answering(RawServer.Json(200, answer));
        using var api = Client(server.Address);

        (await FailureOf(api.GetCertificateAuthorityAsync(ClusterId, Stop))).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Unknown);
    }

    [Fact]
    public async Task The_account_options_users_databases_rules_and_replicas_are_read()
    {
        var account = await ReadAsync(
            """{"account":{"uuid":"u-1","email":"a@example.com","status":"active","status_message":"","team":{"uuid":"t","name":"My Team"}}}""",
            (api, stop) => api.GetAccountAsync(stop));
        var options = await ReadAsync(
            """
            {"options":{"mysql":{},"pg":{"regions":["ams3"],"versions":["17"],"default_version":"17","layouts":[{"num_nodes":1,"sizes":["db-s-1vcpu-1gb"]}]}}}
            """,
            (api, stop) => api.GetOptionsAsync(stop));
        var users = await ReadAsync(
            """{"users":[{"name":"doadmin","role":"primary","password":"hunter2"}]}""", (api, stop) => api.ListUsersAsync(ClusterId, stop));
        var databases = await ReadAsync("""{"dbs":[{"name":"alpha"},{"name":"defaultdb"}]}""", (api, stop) => api.ListDatabasesAsync(ClusterId, stop));
        var rules = await ReadAsync(
            """{"rules":[{"uuid":"79f26d28-ea8a-41f2-8ad8-8cfcdd020095","type":"ip_addr","value":"192.168.1.1","description":""}]}""",
            (api, stop) => api.ListFirewallRulesAsync(ClusterId, stop));
        var replicas = await ReadAsync(
            """{"replicas":[{"id":"9cc10173-e9ea-4176-9dbc-a4cee4c4ff30","name":"read","connection":{"host":"r","port":25060}}]}""",
            (api, stop) => api.ListReplicasAsync(ClusterId, stop));

        (account.Id, account.Email, account.TeamName, account.Name).ShouldBe(("u-1", "a@example.com", "My Team", null));
        (options.DefaultVersion, options.Layouts[0].SizeSlugs[0]).ShouldBe(("17", "db-s-1vcpu-1gb"));
        users.ShouldBe([new DatabaseUser("doadmin", "primary")]);
        databases.ShouldBe(["alpha", "defaultdb"]);
        (rules[0].Type, rules[0].Value, rules[0].Description).ShouldBe(("ip_addr", "192.168.1.1", null));
        (replicas[0].Id, replicas[0].Direct.Public).ShouldBe((ClusterId, new DirectEndpoint("r", 25060, Database: null)));
    }

    [Fact]
    public void The_options_wait_as_long_as_they_say()
    {
        var options = new DigitalOceanClientOptions();

        options.BaseUrl.ShouldBe(new Uri("https://api.digitalocean.com"));
        (options.ReadTimeout, options.UnsafeTimeout, options.ConnectTimeout)
            .ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5)));
        (options.ReadAttemptTimeout, options.UnsafeAttemptTimeout).ShouldBe((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)));
        (options.ReadRetries, options.RetryAfter, options.ReadsAtOnce, options.UnsafeAtOnce).ShouldBe((3, TimeSpan.FromSeconds(0.5), 8, 4));
        ApiBreaker.DefaultBreak.ShouldBe(TimeSpan.FromSeconds(15));
    }

    private static async Task<T> ReadAsync<T>(string answer, Func<DigitalOceanClient, CancellationToken, Task<Result<T, ApiFailure>>> call)
        where T : notnull
    {
        await using var server = RawServer.Answering(RawServer.Json(200, answer));
        using var api = Client(server.Address);
        return await ValueOf(call(api, Stop));
    }
}
