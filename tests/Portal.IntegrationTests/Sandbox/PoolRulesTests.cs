using System.Net;
using System.Text.Json;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Sandbox;

public sealed class PoolRulesTests : IAsyncLifetime
{
    private static readonly Guid Orders = SandboxClusters.OrdersProd;
    private SandboxHost _host = null!;
    private SandboxApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ColdSandbox.StartAsync();
        _api = new SandboxApi(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_pool_that_was_made_is_found_as_it_was_asked_for()
    {
        var made = await _api.AddPoolAsync(Orders, "checkout-tx", "session", 7, "checkout", "checkout");
        var found = await _api.GetAsync(SandboxApi.Pool(Orders, "checkout-tx"));

        made.Status.ShouldBe(HttpStatusCode.Created);
        found.Body.ShouldBe(made.Body);
        var pool = found.Json.GetProperty("pool");
        pool.GetProperty("mode").GetString().ShouldBe("session");
        pool.GetProperty("size").GetInt32().ShouldBe(7);
        pool.GetProperty("db").GetString().ShouldBe("checkout");
        pool.GetProperty("user").GetString().ShouldBe("checkout");
        _host.Ledger.Entries[0].Effect.ShouldBe(Effect.Created);
        _host.Ledger.Entries[0].Pool.ShouldBe("checkout-tx");
        _host.Ledger.Entries[0].RequestId.ShouldBe(made.Header("x-request-id"));
    }

    [Fact]
    public async Task A_connection_names_the_pool_as_its_database_and_percent_encodes_a_hostile_password()
    {
        var connection = (await _api.AddPoolAsync(Orders, "hostile", user: "checkout")).Json.GetProperty("pool").GetProperty("connection");

        var password = connection.GetProperty("password").GetString()!;
        password.ShouldStartWith("p@ss:w/o#rd%1'\"\\ $");
        connection.GetProperty("database").GetString().ShouldBe("hostile");
        connection.GetProperty("ssl").GetBoolean().ShouldBeTrue();
        var uri = new Uri(connection.GetProperty("uri").GetString()!);
        uri.Scheme.ShouldBe("postgresql");
        uri.AbsolutePath.ShouldBe("/hostile");
        uri.Query.ShouldBe("?sslmode=require");
        Uri.UnescapeDataString(uri.UserInfo.Split(':')[1]).ShouldBe(password);
    }

    [Fact]
    public async Task An_inbound_user_pool_has_neither_user_nor_password()
    {
        var pool = (await _api.PostAsync(SandboxApi.Pools(Orders), new { name = "inbound", mode = "session", size = 1, db = "orders" })).Json.GetProperty("pool");

        pool.GetProperty("user").GetString().ShouldBe("");
        var connection = pool.GetProperty("connection");
        connection.GetProperty("user").GetString().ShouldBe("");
        connection.GetProperty("password").GetString().ShouldBe("");
        connection.GetProperty("uri").GetString()!.ShouldStartWith("postgresql://:@");
    }

    [Theory]
    [InlineData("""{"name":"ab","mode":"session","size":1,"db":"orders","user":"app"}""", "name must be between 3 and 60 characters")]
    [InlineData("""{"name":"a234567890123456789012345678901234567890123456789012345678901","mode":"session","size":1,"db":"orders"}""", "name must be between 3 and 60 characters")]
    [InlineData("""{"name":"a b c","mode":"session","size":1,"db":"orders"}""", "name may contain letters, digits, hyphens and underscores")]
    [InlineData("""{"name":"pgbouncer","mode":"session","size":1,"db":"orders"}""", "pool name is not available")]
    [InlineData("""{"mode":"session","size":1,"db":"orders"}""", "name is required")]
    [InlineData("""{"name":"abc","size":1,"db":"orders"}""", "mode is required")]
    [InlineData("""{"name":"abc","mode":"foo","size":1,"db":"orders"}""", "mode must be one of session, transaction, statement")]
    [InlineData("""{"name":"abc","mode":"session","size":0,"db":"orders"}""", "size must be at least 1")]
    [InlineData("""{"name":"abc","mode":"session","size":-5,"db":"orders"}""", "size must be at least 1")]
    [InlineData("""{"name":"abc","mode":"session","size":1.5,"db":"orders"}""", "size must be an integer")]
    [InlineData("""{"name":"abc","mode":"session","size":"1","db":"orders"}""", "size must be an integer")]
    [InlineData("""{"name":"abc","mode":"session","size":4294967296,"db":"orders"}""", "size must be an integer")]
    [InlineData("""{"name":"abc","mode":"session","size":1,"db":"nowhere"}""", "database does not exist")]
    [InlineData("""{"name":"abc","mode":"session","size":1,"db":"orders","user":"nobody"}""", "user does not exist")]
    [InlineData("""{"name":"abc","mode":"session","size":1,"db":"orders","user":null}""", "user must be a string")]
    [InlineData("""{"name":"abc","mode":"session","size":98,"db":"orders"}""", "size exceeds the backend connections available to the cluster")]
    public async Task What_breaks_a_rule_is_unprocessable_and_changes_nothing(string body, string message)
    {
        var answer = await _api.SendAsync(HttpMethod.Post, SandboxApi.Pools(Orders), body);

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Message.ShouldBe(message);
        answer.Json.GetProperty("id").GetString().ShouldBe("unprocessable_entity");
        answer.Json.GetProperty("request_id").GetString().ShouldBe(answer.Header("x-request-id"));
        (await _api.GetAsync(SandboxApi.Pools(Orders))).Body.ShouldBe("""{"pools":[]}""");
        _host.Ledger.Entries[0].Effect.ShouldBe(Effect.None);
    }

    [Theory]
    [InlineData("abc", HttpStatusCode.Created)]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890", HttpStatusCode.Created)]
    public async Task A_name_of_three_and_one_of_sixty_characters_is_taken(string name, HttpStatusCode status) =>
        (await _api.AddPoolAsync(Orders, name)).Status.ShouldBe(status);

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"name":"abc",""")]
    public async Task A_body_that_is_no_json_object_is_a_bad_request(string body) =>
        (await _api.SendAsync(HttpMethod.Post, SandboxApi.Pools(Orders), body)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_name_that_is_taken_is_refused_in_the_words_seen_in_the_wild()
    {
        await _api.AddPoolAsync(Orders, "twice");

        var answer = await _api.AddPoolAsync(Orders, "twice");

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Message.ShouldBe("pool name is not available");
    }

    [Fact]
    public async Task The_budget_is_the_sum_of_all_pools_and_may_be_used_up()
    {
        (await _api.AddPoolAsync(Orders, "most", size: 90)).Status.ShouldBe(HttpStatusCode.Created);
        (await _api.AddPoolAsync(Orders, "too-much", size: 8)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _api.AddPoolAsync(Orders, "the-rest", size: 7)).Status.ShouldBe(HttpStatusCode.Created);
        (await _api.PutAsync(SandboxApi.Pool(Orders, "the-rest"), new { mode = "session", size = 8, db = "orders" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _api.PutAsync(SandboxApi.Pool(Orders, "the-rest"), new { mode = "session", size = 7, db = "orders" })).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_cluster_takes_twenty_one_pools_and_no_more()
    {
        foreach (var number in Enumerable.Range(1, 21))
        {
            (await _api.AddPoolAsync(Orders, $"pool-{number}")).Status.ShouldBe(HttpStatusCode.Created);
        }

        (await _api.AddPoolAsync(Orders, "pool-22")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_cluster_that_is_not_online_refuses_changes_and_shows_its_pools()
    {
        var analytics = SandboxClusters.Analytics;

        (await _api.AddPoolAsync(analytics, "more")).Message.ShouldBe("cluster is not online");
        (await _api.PutAsync(SandboxApi.Pool(analytics, "dashboards"), new { mode = "session", size = 1, db = "events" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _api.DeleteAsync(SandboxApi.Pool(analytics, "dashboards"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _api.GetAsync(SandboxApi.Pools(analytics))).Json.GetProperty("pools").GetArrayLength().ShouldBe(2);

        _host.SetClusterStatus(analytics, "online");
        (await _api.AddPoolAsync(analytics, "more")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_cluster_of_another_engine_has_no_pools() =>
        (await _api.AddPoolAsync(SandboxClusters.ShopMySql, "shop-pool")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

    [Theory]
    [InlineData("99999999-9999-4999-8999-999999999999")]
    [InlineData("orders-prod")]
    public async Task An_unknown_cluster_is_not_found(string cluster)
    {
        var answer = await _api.GetAsync($"/v2/databases/{cluster}/pools");

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.Message.ShouldBe("cluster not found");
    }

    [Fact]
    public async Task An_unknown_pool_is_not_found()
    {
        var path = SandboxApi.Pool(Orders, "nothing");

        (await _api.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.PutAsync(path, new { mode = "session", size = 1, db = "orders" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.DeleteAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_update_without_a_user_turns_the_pool_into_an_inbound_user_pool()
    {
        await _api.AddPoolAsync(Orders, "trap", user: "app");

        var answer = await _api.PutAsync(SandboxApi.Pool(Orders, "trap"), new { mode = "session", size = 2, db = "orders" });

        answer.Status.ShouldBe(HttpStatusCode.NoContent);
        answer.Body.ShouldBeEmpty();
        (await _api.GetAsync(SandboxApi.Pool(Orders, "trap"))).Json.GetProperty("pool").GetProperty("user").GetString().ShouldBe("");
    }

    [Fact]
    public async Task A_pool_that_was_deleted_is_gone_and_its_name_is_free()
    {
        await _api.AddPoolAsync(Orders, "brief");

        var answer = await _api.DeleteAsync(SandboxApi.Pool(Orders, "brief"));

        answer.Status.ShouldBe(HttpStatusCode.NoContent);
        (await _api.GetAsync(SandboxApi.Pool(Orders, "brief"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.AddPoolAsync(Orders, "brief")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Many_creates_of_one_name_at_once_make_one_pool()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _api.AddPoolAsync(Orders, "race")));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity).ShouldBe(19);
    }

    [Fact]
    public async Task A_cluster_carries_its_users_databases_rules_and_connection()
    {
        var cluster = (await _api.GetAsync($"/v2/databases/{Orders}")).Json.GetProperty("database");

        cluster.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString())
            .ShouldBe(["doadmin", "app", "checkout", "orders_app", "reporting"]);
        cluster.GetProperty("db_names").EnumerateArray().Select(name => name.GetString()).ShouldBe(["defaultdb", "checkout", "orders", "reports"]);
        cluster.GetProperty("rules").GetArrayLength().ShouldBe(2);
        cluster.GetProperty("connection").GetProperty("database").GetString().ShouldBe("defaultdb");
        cluster.TryGetProperty("private_connection", out _).ShouldBeFalse();
        cluster.TryGetProperty("standby_connection", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Standby_and_private_connections_are_where_there_are_nodes_and_a_network_for_them()
    {
        var pool = (await _api.GetAsync(SandboxApi.Pool(SandboxClusters.Analytics, "dashboards"))).Json.GetProperty("pool");

        pool.GetProperty("private_connection").GetProperty("host").GetString()!.ShouldStartWith("private-");
        pool.GetProperty("standby_connection").GetProperty("host").GetString()!.ShouldStartWith("replica-");
        pool.GetProperty("standby_private_connection").GetProperty("host").GetString()!.ShouldStartWith("private-replica-");
    }

    [Fact]
    public async Task A_tag_limits_the_list_of_clusters()
    {
        (await _api.GetAsync("/v2/databases?tag_name=payments")).Json.GetProperty("databases").GetArrayLength().ShouldBe(1);
        (await _api.GetAsync("/v2/databases?tag_name=nothing")).Json.GetProperty("databases").GetArrayLength().ShouldBe(0);
        (await _api.GetAsync("/v2/databases")).Json.GetProperty("databases").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task Databases_and_users_can_be_added_and_a_password_reset()
    {
        var root = $"/v2/databases/{Orders}";

        (await _api.PostAsync($"{root}/dbs", new { name = "invoices" })).Status.ShouldBe(HttpStatusCode.Created);
        (await _api.PostAsync($"{root}/dbs", new { name = "invoices" })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var added = await _api.PostAsync($"{root}/users", new { name = "invoicer" });
        var reset = await _api.SendAsync(HttpMethod.Post, $"{root}/users/invoicer/reset_auth", "{}");

        (await _api.GetAsync($"{root}/dbs/invoices")).Status.ShouldBe(HttpStatusCode.OK);
        added.Status.ShouldBe(HttpStatusCode.Created);
        reset.Status.ShouldBe(HttpStatusCode.OK);
        string Password(JsonElement body) => body.GetProperty("user").GetProperty("password").GetString()!;
        Password(reset.Json).ShouldNotBe(Password(added.Json), StringComparer.Ordinal);
        _host.Ledger.Entries.Select(entry => entry.Effect).ShouldContain(Effect.Reset);
    }

    [Fact]
    public async Task Extra_clusters_have_fixed_ids_and_twenty_pools_each()
    {
        await using var host = await ColdSandbox.StartAsync(options => options with { Clusters = 1000 });
        using var api = new SandboxApi(host);

        (await api.GetAsync("/v2/databases")).Json.GetProperty("databases").GetArrayLength().ShouldBe(1004);
        var pools = (await api.GetAsync(SandboxApi.Pools(SandboxClusters.Extra(1000)))).Json.GetProperty("pools");
        pools.GetArrayLength().ShouldBe(20);
        (await api.GetAsync($"/v2/databases/{SandboxClusters.Extra(1000)}")).Json.GetProperty("database").GetProperty("name").GetString().ShouldBe("cluster-1000");
    }
}
