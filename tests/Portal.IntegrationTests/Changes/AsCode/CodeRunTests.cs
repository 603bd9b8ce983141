using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Portal.Changes.AsCode;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Changes.AsCode;

/// <summary>The code is run: by a shell, by Python, and curl's against the API itself.</summary>
public sealed class CodeRunTests(ColdSandbox sandbox) : IClassFixture<ColdSandbox>, IDisposable
{
    /// <summary>Names that PostgreSQL takes, and that mean something to a shell, to Python, to Terraform or to JSON.</summary>
    private const string Hostile = "it's \"$HOME\" `id` ${x} %{y} \\ #\u00e9🔑\n--user";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-code-");

    public static TheoryData<CodeKind, string, string?> Everything => new()
    {
        { CodeKind.Create, "checkout", "app" },
        { CodeKind.Create, "checkout", null },
        { CodeKind.Create, Hostile, Hostile },
        { CodeKind.Update, "checkout", "app" },
        { CodeKind.Update, "checkout", null },
        { CodeKind.Update, Hostile, Hostile },
        { CodeKind.Delete, "checkout", "app" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_shell_gives_doctl_each_value_as_it_is(CodeKind kind, string database, string? user)
    {
        var words = await RecordAsync("doctl", Write("doctl", Request(kind, database, user)));

        words.Take(5).ShouldBe(["databases", "pool", kind.ToString().ToLowerInvariant(), SandboxClusters.OrdersProd.ToString(), "as-code"]);
        if (kind is CodeKind.Delete)
        {
            words.Count.ShouldBe(5);
            return;
        }

        After(words, "--mode").ShouldBe("session");
        After(words, "--size").ShouldBe("3");
        After(words, "--db").ShouldBe(database);
        words.Contains("--user").ShouldBe(user is not null);
        if (user is not null)
        {
            After(words, "--user").ShouldBe(user);
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_shell_gives_curl_a_body_that_says_the_same(CodeKind kind, string database, string? user)
    {
        var words = await RecordAsync("curl", Write("curl", Request(kind, database, user)));

        words.ShouldContain($"Authorization: Bearer {SandboxApi.AllScopes}");
        words[^1].ShouldStartWith($"https://api.digitalocean.com/v2/databases/{SandboxClusters.OrdersProd}/pools");
        if (kind is CodeKind.Delete)
        {
            words.ShouldNotContain("--data");
            return;
        }

        var body = JsonDocument.Parse(After(words, "--data")).RootElement;
        body.GetProperty("db").GetString().ShouldBe(database);
        body.GetProperty("size").GetInt32().ShouldBe(3);
        body.TryGetProperty("user", out var given).ShouldBe(user is not null);
        if (user is not null)
        {
            given.GetString().ShouldBe(user);
        }
    }

    [Fact]
    public async Task What_curl_does_is_what_the_portal_would_have_done()
    {
        using var api = new SandboxApi(sandbox.Host);
        var pool = SandboxApi.Pool(SandboxClusters.OrdersProd, "as-code");

        (await CurlAsync(Request(CodeKind.Create, "checkout", "app"))).ShouldBe("201");
        var made = (await api.GetAsync(pool)).Json.GetProperty("pool");
        (Text(made, "mode"), made.GetProperty("size").GetInt32(), Text(made, "db"), Text(made, "user")).ShouldBe(("session", 3, "checkout", "app"));

        var edited = new CodeRequest(CodeKind.Update, SandboxClusters.OrdersProd, "orders-prod", "as-code", null, new PoolFields(PoolMode.Transaction, 5, "orders", "orders_app"));
        (await CurlAsync(edited)).ShouldBe("204");
        var changed = (await api.GetAsync(pool)).Json.GetProperty("pool");
        (Text(changed, "mode"), changed.GetProperty("size").GetInt32(), Text(changed, "db"), Text(changed, "user")).ShouldBe(("transaction", 5, "orders", "orders_app"));

        (await CurlAsync(Request(CodeKind.Delete, "checkout", "app"))).ShouldBe("204");
        (await api.GetAsync(pool)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Curl_fails_where_DigitalOcean_refuses()
    {
        var (exit, output) = await ShellAsync(Real(Request(CodeKind.Delete, "checkout", "app") with { Pool = "never-made" }));

        exit.ShouldNotBe(0);
        output.ShouldStartWith("404");
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Python_calls_pydo_with_each_value_as_it_is(CodeKind kind, string database, string? user)
    {
        // pydo itself cannot be had everywhere: what is called, and with what, is written down by one of the same shape.
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "pydo"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "pydo", "__init__.py"), """
            import json

            class Client:
                def __init__(self, token, retry_total):
                    assert retry_total == 0 and token.startswith("dop_")
                    self.databases = self

                def __getattr__(self, name):
                    def call(**given):
                        print(json.dumps({"call": name, **given}))
                    return call
            """, Token);
        var script = Path.Combine(_folder.FullName, "pool.py");
        await File.WriteAllTextAsync(script, Write("pydo", Request(kind, database, user)), Token);

        (await RunAsync("python3", ["-m", "py_compile", script])).Exit.ShouldBe(0);
        var (exit, output) = await RunAsync("python3", [script]);

        exit.ShouldBe(0, output);
        var call = JsonDocument.Parse(output).RootElement;
        Text(call, "call").ShouldBe(kind switch { CodeKind.Create => "add_connection_pool", CodeKind.Update => "update_connection_pool", _ => "delete_connection_pool" });
        Text(call, "database_cluster_uuid").ShouldBe(SandboxClusters.OrdersProd.ToString());
        if (kind is not CodeKind.Delete)
        {
            var body = call.GetProperty("body");
            Text(body, "db").ShouldBe(database);
            (body.TryGetProperty("user", out var given) ? given.GetString() : null).ShouldBe(user);
        }

        Text(kind is CodeKind.Create ? call.GetProperty("body") : call, kind is CodeKind.Create ? "name" : "pool_name").ShouldBe("as-code");
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Terraform_finds_nothing_to_correct(CodeKind kind, string database, string? user)
    {
        Assert.SkipUnless(HasProgram("terraform"), "Terraform is not installed.");
        var file = Path.Combine(_folder.FullName, "pool.tf");
        await File.WriteAllTextAsync(file, Write("terraform", Request(kind, database, user)) + "\n", Token);

        // Reads the file by its grammar, and says where it would be written otherwise.
        var (exit, output) = await RunAsync("terraform", ["fmt", "-check", "-diff", "-no-color", file]);

        exit.ShouldBe(0, output);
    }

    private async Task<string> CurlAsync(CodeRequest request)
    {
        var (exit, output) = await ShellAsync(Real(request));
        exit.ShouldBe(0, output);
        return output.Trim();
    }

    private string Real(CodeRequest request) =>
        Write("curl", request).Replace("https://api.digitalocean.com", sandbox.Host.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

    /// <summary>The words that a program is given, by one in its place that writes them down.</summary>
    private async Task<IReadOnlyList<string>> RecordAsync(string program, string script)
    {
        (await RunAsync("/bin/sh", ["-n", "-c", script])).Exit.ShouldBe(0);
        var stub = Path.Combine(_folder.FullName, program);
        await File.WriteAllTextAsync(stub, "#!/bin/sh\nprintf '%s\\0' \"$@\"\n", Token);
        (await RunAsync("chmod", ["u+x", stub])).Exit.ShouldBe(0);

        var (exit, output) = await ShellAsync(script);

        exit.ShouldBe(0, output);
        return [.. output.TrimEnd('\0').Split('\0')];
    }

    private Task<(int Exit, string Output)> ShellAsync(string script) => RunAsync("/bin/sh", ["-c", script]);

    private async Task<(int Exit, string Output)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["PYTHONUTF8"] = "1";
        start.Environment["DIGITALOCEAN_TOKEN"] = SandboxApi.AllScopes;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, process.ExitCode == 0 ? output : output + await error);
    }

    private static string Write(string tool, CodeRequest request) => CodeTools.All.Single(one => one.Id == tool).Write(request);

    private static CodeRequest Request(CodeKind kind, string database, string? user) =>
        new(kind, SandboxClusters.OrdersProd, "orders-prod", "as-code", null, new PoolFields(PoolMode.Session, 3, database, user));

    private static string After(IReadOnlyList<string> words, string flag) => words[words.Index().First(word => word.Item == flag).Index + 1];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
