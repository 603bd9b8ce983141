using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Portal.DigitalOcean;
using Portal.Testing;
using Portal.Tests.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.Hostile;

/// <summary>Whatever an answer of the API holds, a call ends in a value or in a failure, never in an exception, and says nothing of a password.</summary>
public sealed class ApiAnswerTests
{
    private const string Password = "s3cr3tCanary";

    private static readonly JsonNode Good = JsonNode.Parse($$$"""
        {
          "account": {"email": "a@b.c", "uuid": "u", "status": "active", "team": {"uuid": "t", "name": "n"}},
          "options": {"pg": {"regions": ["fra1"], "versions": ["17"], "layouts": [{"num_nodes": 1, "sizes": ["db-s-1vcpu-1gb"]}]}},
          "databases": [{"id": "{{{ClusterId}}}", "name": "orders-prod", "engine": "pg", "version": "17", "num_nodes": 2, "size": "db-s-2vcpu-4gb", "region": "fra1", "status": "online",
            "tags": ["prod"], "db_names": ["defaultdb"], "users": [{"name": "doadmin", "role": "primary", "password": "{{{Password}}}"}], "private_network_uuid": "v",
            "connection": {"uri": "postgres://doadmin:{{{Password}}}@h:1/d", "host": "h", "port": 25060, "user": "doadmin", "password": "{{{Password}}}", "database": "d", "ssl": true}}],
          "database": {"id": "{{{ClusterId}}}", "name": "orders-prod", "engine": "pg", "version": "17", "num_nodes": 2, "size": "db-s-2vcpu-4gb", "region": "fra1", "status": "online", "users": [{"name": "doadmin", "password": "{{{Password}}}"}]},
          "ca": {"certificate": "LS0tLS1CRUdJTg=="},
          "dbs": [{"name": "defaultdb"}], "users": [{"name": "app", "role": "normal", "password": "{{{Password}}}"}], "user": {"name": "doadmin", "password": "{{{Password}}}"},
          "rules": [{"uuid": "r", "type": "ip_addr", "value": "1.2.3.4"}],
          "replicas": [{"id": "{{{ClusterId}}}", "name": "r", "status": "online", "region": "fra1", "size": "s", "connection": {"host": "r", "port": 25060, "password": "{{{Password}}}"}}],
          "pools": [{"name": "backend-pool", "mode": "transaction", "size": 10, "db": "defaultdb", "user": "doadmin", "connection": {"host": "h", "port": 25061, "password": "{{{Password}}}"}}],
          "pool": {"name": "backend-pool", "mode": "transaction", "size": 10, "db": "defaultdb", "user": "doadmin", "connection": {"host": "h", "port": 25061, "password": "{{{Password}}}"}}
        }
        """)!;

    [Fact]
    public async Task A_body_with_something_else_in_any_place_is_a_value_or_a_failure()
    {
        var wrong = 0;
        foreach (var replacement in Replacements())
        {
            foreach (var path in Places(Good))
            {
                wrong += await AnsweredAsync(Changed(path, replacement)) ? 0 : 1;
            }
        }

        // Among thousands there are many that no call can be content with.
        wrong.ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task Any_text_as_a_body_is_a_value_or_a_failure()
    {
        var texts = HostileTexts.All.Concat(Gen.Sample(HostileText.Any.Generator, 300, 300)).ToList();
        foreach (var status in new[] { 200, 201, 404, 422, 500, 299, 599 })
        {
            foreach (var text in texts)
            {
                await AnsweredAsync(text, status);
            }
        }
    }

    [Fact]
    public async Task A_body_nested_a_hundred_thousand_deep_is_a_failure()
    {
        (await AnsweredAsync(new string('[', 100_000))).ShouldBeFalse();
        (await AnsweredAsync(string.Concat(Enumerable.Repeat("{\"pool\":", 100_000)))).ShouldBeFalse();
    }

    /// <returns>Whether every call was content.</returns>
    private static async Task<bool> AnsweredAsync(string body, int status = 200)
    {
        using var network = new Network(status, body);
        using var api = new DigitalOceanClient(new DigitalOceanClientOptions { ReadRetries = 0 }, new TokenList(Token), TimeProvider.System, observer: null, around: null, network);
        var isContent = true;
        foreach (var (name, call) in EveryCall)
        {
            if (await call(api, TestContext.Current.CancellationToken) is { } failure)
            {
                isContent = false;
                failure.ToString().Contains(Password, StringComparison.Ordinal).ShouldBeFalse($"{name} told a password");
            }
        }

        return isContent;
    }

    private static IEnumerable<JsonNode?> Replacements() =>
    [
        null, JsonValue.Create(""), JsonValue.Create(-1), JsonValue.Create(long.MaxValue), JsonNode.Parse("1e400"), JsonValue.Create(1.5), JsonValue.Create(true), new JsonArray(), new JsonArray(null, 1, "x", new JsonObject()),
        new JsonObject(), new JsonObject { ["password"] = Password, ["name"] = new JsonArray() }, JsonValue.Create("\ud800"), JsonValue.Create(new string('x', 5000)), JsonValue.Create(HostileTexts.Markup),
    ];

    /// <summary>Every place of a document, as the keys and indices that lead there.</summary>
    private static IEnumerable<object[]> Places(JsonNode? node, params object[] path) => node switch
    {
        JsonObject items => items.SelectMany(item => Places(item.Value, [.. path, item.Key]).Prepend([.. path, item.Key])),
        JsonArray items => items.SelectMany((item, index) => Places(item, [.. path, index]).Prepend([.. path, index])),
        _ => [],
    };

    private static string Changed(object[] path, JsonNode? replacement)
    {
        var root = Good.DeepClone();
        var place = path.SkipLast(1).Aggregate(root, (node, step) => step is string key ? node[key]! : node[(int)step]!);
        if (path[^1] is string last)
        {
            place[last] = replacement?.DeepClone();
        }
        else
        {
            place[(int)path[^1]] = replacement?.DeepClone();
        }

        return root.ToJsonString(new JsonSerializerOptions { MaxDepth = 64 });
    }

    private sealed class Network(int status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") });
    }
}
