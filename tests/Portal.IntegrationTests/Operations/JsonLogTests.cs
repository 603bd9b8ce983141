using System.Text.Json;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Operations;

/// <summary>Logs for programs, by the framework's own settings.</summary>
public sealed class JsonLogTests
{
    private const string Code = "heron-4c1f";

    [Fact]
    public async Task Each_line_is_json_with_the_trace_of_its_request_and_without_what_came_in_its_address()
    {
        await using var sandbox = await ColdSandbox.StartAsync();
        using var database = TestDatabase.Sqlite();
        var file = Path.Combine(database.Folder, "log");
        var arguments = PortalHost.Arguments(sandbox, database, settings =>
        {
            settings["urls"] = $"http://127.0.0.1:{Door.DoorHost.FreePort()}";
            settings["Logging:LogLevel:Default"] = "Information";
            settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning";
            settings["Logging:Console:FormatterName"] = "json";
            settings["Logging:Console:FormatterOptions:IncludeScopes"] = "true";
        });
        using var portal = PortalProcess.Start(arguments, environment: null, file);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(arguments.Single(argument => argument.StartsWith("--urls=", StringComparison.Ordinal))["--urls=".Length..]),
        };
        await Eventually.BecomesTrueAsync("the portal answers", () => AnswersAsync(http, "/health/ready"), TimeSpan.FromSeconds(60));

        (await AnswersAsync(http, $"/signin-oidc?code={Code}&state=none")).ShouldBeFalse("nobody comes in by that");

        JsonElement refused = default;
        await Eventually.BecomesTrueAsync(
            "the refusal is logged",
            () =>
            {
                portal.Flush();
                refused = Lines(file).FirstOrDefault(line => line.GetProperty("Category").GetString() == "Portal.Access.SignInRefusals");
                return refused.ValueKind is JsonValueKind.Object;
            },
            TimeSpan.FromSeconds(30));
        refused.GetProperty("Scopes").EnumerateArray().Any(scope => scope.TryGetProperty("TraceId", out var trace) && trace.GetString() is { Length: 32 }).ShouldBeTrue();
        refused.GetProperty("Timestamp").GetString().ShouldEndWith("Z ");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(Code);
    }

    /// <summary>Every line, and a line that is no JSON fails.</summary>
    private static List<JsonElement> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        // What comes after the last end of a line is not whole yet.
        return [.. reader.ReadToEnd().Split('\n').SkipLast(1).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string path)
    {
        try
        {
            using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
