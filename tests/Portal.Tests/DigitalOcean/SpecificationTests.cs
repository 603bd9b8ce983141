using System.Reflection;
using System.Text.Json;
using Microsoft.OpenApi;
using Portal.DigitalOcean;
using Portal.DigitalOcean.Wire;
using RestEase;
using SharpYaml;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

/// <summary>Holds the interface against DigitalOcean's own specification, where the environment says that there is one.</summary>
public sealed class SpecificationTests
{
    private const string Variable = "DIGITALOCEAN_OPENAPI";

    /// <summary>Members that the examples of the specification have and its schemas forgot.</summary>
    private static readonly string[] InExamplesOnly = ["OptionsRoot.options.pg.default_version"];

    public static TheoryData<string> EveryCallName => TestApi.EveryCallName;

    public static TheoryData<string> EveryMethodName => [.. typeof(IDigitalOceanApi).GetMethods().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(EveryMethodName))]
    public async Task Every_method_is_an_operation_and_reads_only_what_its_answer_can_have(string name)
    {
        var document = await SpecificationAsync();
        var method = typeof(IDigitalOceanApi).GetMethod(name).ShouldNotBeNull();
        var request = method.GetCustomAttribute<RequestAttribute>().ShouldNotBeNull();

        var operation = Find(document, request.Method, "/" + request.Path!);

        var answer = method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0];
        var success = operation.Responses.ShouldNotBeNull().Single(response => response.Key.StartsWith('2')).Value;
        if (answer == typeof(NoContent))
        {
            success.Content.ShouldBeNull();
            return;
        }

        ShouldBeIn(success.Content.ShouldNotBeNull()["application/json"].Schema.ShouldNotBeNull(), answer, answer.Name);
    }

    [Theory]
    [MemberData(nameof(EveryCallName))]
    public async Task Every_request_is_one_that_the_specification_knows(string call)
    {
        var document = await SpecificationAsync();
        await using var server = RawServer.Answering(RawServer.Json(404, "{}"));
        using var api = Client(server.Address);

        await EveryCall[call](api, TestContext.Current.CancellationToken);

        var request = server.Requests.ShouldHaveSingleItem();
        var operation = Find(document, new HttpMethod(request.Method), request.Target);
        operation.OperationId.ShouldBe(call.Split(',')[0]);
        if (operation.RequestBody is null)
        {
            request.Body.ShouldBeEmpty();
            return;
        }

        var schema = operation.RequestBody.Content.ShouldNotBeNull()["application/json"].Schema.ShouldNotBeNull();
        using var body = JsonDocument.Parse(request.Body);
        var members = body.RootElement.EnumerateObject().ToList();
        (schema.Required ?? new HashSet<string>(StringComparer.Ordinal))
            .ShouldAllBe(required => members.Any(member => member.Name == required));
        foreach (var member in members)
        {
            PropertiesOf(schema).ShouldContainKey(member.Name);
            PropertiesOf(schema)[member.Name].Type.ShouldBe(TypeOf(member.Value.ValueKind), member.Name);
        }
    }

    [Fact]
    public async Task Errors_are_read_as_the_specification_writes_them()
    {
        var document = await SpecificationAsync();

        ShouldBeIn(document.Components.ShouldNotBeNull().Schemas.ShouldNotBeNull()["error"], typeof(WireError), "error");
    }

    private static async Task<OpenApiDocument> SpecificationAsync()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipUnless(File.Exists(path), $"{Variable} does not name DigitalOcean's specification.");

        var yaml = YamlSerializer.Deserialize<object>(await File.ReadAllTextAsync(path!, TestContext.Current.CancellationToken));
        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(yaml));
        var read = await OpenApiDocument.LoadAsync(json, "json", cancellationToken: TestContext.Current.CancellationToken);
        return read.Document.ShouldNotBeNull();
    }

    /// <summary>By the path with the fewest parameters that fits, as a server would.</summary>
    private static OpenApiOperation Find(OpenApiDocument document, HttpMethod method, string target)
    {
        var path = document.Paths
            .Where(path => Fits(path.Key, target))
            .OrderBy(path => path.Key.Count(c => c == '{'))
            .Select(path => path.Value)
            .FirstOrDefault()
            .ShouldNotBeNull($"no path for {target}");
        return path.Operations.ShouldNotBeNull()[method];
    }

    private static bool Fits(string template, string target)
    {
        var expected = template.Split('/');
        var actual = target.Split('/');
        return expected.Length == actual.Length
            && expected.Zip(actual).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }

    private static void ShouldBeIn(IOpenApiSchema schema, Type type, string where)
    {
        var known = PropertiesOf(schema);
        foreach (var member in WireContext.Default.GetTypeInfo(type).ShouldNotBeNull(where).Properties)
        {
            var at = $"{where}.{member.Name}";
            if (InExamplesOnly.Contains(at, StringComparer.Ordinal))
            {
                continue;
            }

            known.ShouldContainKey(member.Name, at);
            var (inner, of) = member.PropertyType.IsGenericType && member.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                ? (member.PropertyType.GetGenericArguments()[0], known[member.Name].Items.ShouldNotBeNull(at))
                : (member.PropertyType, known[member.Name]);
            if (inner.Namespace == typeof(WireContext).Namespace)
            {
                ShouldBeIn(of, inner, at);
            }
            else
            {
                var expected = Nullable.GetUnderlyingType(inner) == typeof(int) ? JsonSchemaType.Integer : JsonSchemaType.String;
                (of.Type & ~JsonSchemaType.Null).ShouldBe(expected, at);
            }
        }
    }

    private static Dictionary<string, IOpenApiSchema> PropertiesOf(IOpenApiSchema schema)
    {
        var parts = (schema.AllOf ?? []).SelectMany(PropertiesOf);
        return parts.Concat(schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
            .ToDictionary(property => property.Key, property => property.Value, StringComparer.Ordinal);
    }

    private static JsonSchemaType TypeOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => JsonSchemaType.String,
        JsonValueKind.Number => JsonSchemaType.Integer,
        _ => JsonSchemaType.Object,
    };
}
