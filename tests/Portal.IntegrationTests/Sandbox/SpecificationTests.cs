using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using SharpYaml;

namespace Portal.IntegrationTests.Sandbox;

/// <summary>The sandbox against DigitalOcean's own specification, where the variable DIGITALOCEAN_OPENAPI names a copy of it.</summary>
public sealed class SpecificationTests : IAsyncLifetime
{
    private const string Variable = "DIGITALOCEAN_OPENAPI";
    private static readonly string[] Clusters =
    [
        .. new[] { SandboxClusters.OrdersProd, SandboxClusters.PaymentsStaging, SandboxClusters.Analytics, SandboxClusters.AnalyticsRead, SandboxClusters.ShopMySql }.Select(id => id.ToString()),
    ];

    private OpenApiDocument _specification = null!;
    private SandboxHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(File.Exists(path), $"{Variable} does not name a copy of DigitalOcean's specification.");

        var yaml = YamlSerializer.Deserialize<object>(await File.ReadAllTextAsync(path!, TestContext.Current.CancellationToken));
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(yaml));
        var (document, diagnostic) = await OpenApiDocument.LoadAsync(json, "json", cancellationToken: TestContext.Current.CancellationToken);
        diagnostic!.Errors.ShouldBeEmpty();
        _specification = document!;
        _host = await ColdSandbox.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    [Fact]
    public void Each_operation_of_the_one_is_in_the_other_with_its_method_and_path()
    {
        var specified = Operations().Select(operation => $"{operation.Operation.OperationId}: {operation.Method} {operation.Path}");
        var served = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/v2/", StringComparison.Ordinal))
            .Select(endpoint => (
                Name: endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
                Method: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0],
                Path: endpoint.RoutePattern.RawText))
            .Where(endpoint => endpoint.Name is not null)
            .Select(endpoint => $"{endpoint.Name}: {endpoint.Method} {endpoint.Path}");

        served.Order(StringComparer.Ordinal).ShouldBe(specified.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(SandboxApi.AllScopes)]
    [InlineData(SandboxApi.NoView)]
    public async Task Every_answer_is_one_that_the_specification_has(string token)
    {
        using var api = new SandboxApi(_host, token);
        List<string> complaints = [];

        foreach (var (method, path, body) in Calls())
        {
            var answer = await api.SendAsync(method, path, body);
            complaints.AddRange(Check(_host.Ledger.Entries[^1], answer).Select(complaint => $"{method} {path} {(int)answer.Status}: {complaint}"));
        }

        complaints.ShouldBeEmpty();
        _host.Ledger.Entries.Select(entry => entry.Operation).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(Operations().Select(operation => operation.Operation.OperationId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_refusal_of_a_token_and_of_a_rate_are_in_the_specification_too()
    {
        await using var host = await ColdSandbox.StartAsync(options => options with { RequestsPerMinute = 1 });
        using var stranger = new SandboxApi(host, "nobody");
        using var api = new SandboxApi(host);

        Check("account_get", await stranger.GetAsync("/v2/account")).ShouldBeEmpty();
        await api.GetAsync("/v2/account");
        var refused = await api.GetAsync("/v2/account");
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        Check("account_get", refused).ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_that_is_not_in_the_specification_is_found()
    {
        var schema = Operations().Single(operation => operation.Operation.OperationId == "databases_get_connectionPool")
            .Operation.Responses!["200"].Content!["application/json"].Schema!;
        List<string> complaints = [];

        SchemaCheck.Run(schema, JsonDocument.Parse("""{"pool":{"name":"x","size":"5","db":"d","connection":{"port":"1"}}}""").RootElement, "$", complaints);

        complaints.ShouldBe(
            ["$.pool.mode is missing", "$.pool.size is String and should be Integer", "$.pool.connection.port is String and should be Integer"]);
    }

    private static IEnumerable<(HttpMethod Method, string Path, string? Body)> Calls()
    {
        yield return (HttpMethod.Get, "/v2/account", null);
        yield return (HttpMethod.Get, "/v2/databases/options", null);
        yield return (HttpMethod.Get, "/v2/databases", null);
        yield return (HttpMethod.Get, "/v2/databases/metrics/credentials", null);
        foreach (var cluster in Clusters.Append("99999999-9999-4999-8999-999999999999"))
        {
            var root = $"/v2/databases/{cluster}";
            foreach (var path in new[] { "", "/ca", "/firewall", "/replicas", "/dbs", "/dbs/defaultdb", "/dbs/none", "/users", "/users/doadmin", "/users/none", "/pools", "/pools/dashboards" })
            {
                yield return (HttpMethod.Get, root + path, null);
            }

            yield return (HttpMethod.Post, root + "/dbs", """{"name":"added"}""");
            yield return (HttpMethod.Post, root + "/users", """{"name":"added"}""");
            yield return (HttpMethod.Post, root + "/users/added/reset_auth", "{}");
            yield return (HttpMethod.Post, root + "/pools", """{"name":"added","mode":"transaction","size":2,"db":"added","user":"added"}""");
            yield return (HttpMethod.Post, root + "/pools", """{"name":"inbound","mode":"transaction","size":2,"db":"added"}""");
            yield return (HttpMethod.Post, root + "/pools", "{}");
            yield return (HttpMethod.Post, root + "/pools", "nothing");
            yield return (HttpMethod.Get, root + "/pools/added", null);
            yield return (HttpMethod.Get, root + "/pools", null);
            yield return (HttpMethod.Put, root + "/pools/added", """{"mode":"session","size":1,"db":"added"}""");
            yield return (HttpMethod.Put, root + "/pools/added", """{"mode":"sometimes","size":1,"db":"added"}""");
            yield return (HttpMethod.Delete, root + "/pools/added", null);
            yield return (HttpMethod.Delete, root + "/pools/added", null);
        }
    }

    private IEnumerable<(HttpMethod Method, string Path, OpenApiOperation Operation)> Operations() =>
        from path in _specification.Paths
        from operation in path.Value.Operations!
        select (operation.Key, path.Key, operation.Value);

    private List<string> Check(LedgerEntry entry, ApiAnswer answer) => Check(entry.Operation.ShouldNotBeNull(), answer);

    private List<string> Check(string operationId, ApiAnswer answer)
    {
        var operation = Operations().Single(candidate => candidate.Operation.OperationId == operationId).Operation;
        var status = ((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var isNamed = operation.Responses!.TryGetValue(status, out var response);
        List<string> complaints = [];
        if (!isNamed)
        {
            response = operation.Responses["default"];
            if ((int)answer.Status < 400)
            {
                complaints.Add("a success that the specification does not have");
            }
        }

        complaints.AddRange(response!.Headers!.Keys.Where(name => answer.Header(name) is null).Select(name => $"the header {name} is missing"));
        if (response.Content is not { Count: > 0 } content)
        {
            complaints.AddRange(answer.Body.Length > 0 ? ["a body where there is none"] : Array.Empty<string>());
            return complaints;
        }

        SchemaCheck.Run(content["application/json"].Schema!, answer.Json, "$", complaints);
        return complaints;
    }
}

/// <summary>As much of a schema as the specification uses.</summary>
internal static class SchemaCheck
{
    public static void Run(IOpenApiSchema schema, JsonElement value, string at, List<string> complaints)
    {
        foreach (var part in schema.AllOf ?? [])
        {
            Run(part, value, at, complaints);
        }

        if (schema.Type is { } type && !Fits(type, value))
        {
            complaints.Add($"{at} is {value.ValueKind} and should be {type}");
            return;
        }

        if (schema.Enum is { Count: > 0 } allowed && !allowed.Any(one => one.ToJsonString() == JsonSerializer.Serialize(value)))
        {
            complaints.Add($"{at} is not one of the values it may have");
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            CheckText(schema, value.GetString()!, at, complaints);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.Items is { } items)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Run(items, item, $"{at}[{index}]", complaints);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            complaints.AddRange((schema.Required ?? new HashSet<string>(StringComparer.Ordinal))
                .Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{at}.{name} is missing"));
            foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
            {
                if (value.TryGetProperty(name, out var inner))
                {
                    Run(property, inner, $"{at}.{name}", complaints);
                }
            }
        }
    }

    private static bool Fits(JsonSchemaType type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => type.HasFlag(JsonSchemaType.Null),
        JsonValueKind.String => type.HasFlag(JsonSchemaType.String),
        JsonValueKind.True or JsonValueKind.False => type.HasFlag(JsonSchemaType.Boolean),
        JsonValueKind.Array => type.HasFlag(JsonSchemaType.Array),
        JsonValueKind.Object => type.HasFlag(JsonSchemaType.Object),
        JsonValueKind.Number => type.HasFlag(JsonSchemaType.Number) || (type.HasFlag(JsonSchemaType.Integer) && value.TryGetInt64(out _)),
        _ => false,
    };

    private static void CheckText(IOpenApiSchema schema, string text, string at, List<string> complaints)
    {
        var fits = schema.Format switch
        {
            "uuid" => Guid.TryParse(text, out _),
            "date-time" => DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        var matches = schema.Pattern is null
            || System.Text.RegularExpressions.Regex.IsMatch(text, schema.Pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        if (!fits || !matches)
        {
            complaints.Add($"{at} is not a {schema.Format ?? schema.Pattern}");
        }
    }
}
