using System.Diagnostics;
using Npgsql;
using Portal.Connections;
using Portal.Connections.Formats;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Connections;

/// <summary>A text that was never connected with is not tested: each format, as it is copied, reaches a real PostgreSQL through a real PgBouncer.</summary>
public sealed class ConnectingTests(LiveWorld world) : IClassFixture<LiveWorld>, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-connect-");

    public static TheoryData<string, string, bool> Everything()
    {
        var rows = new TheoryData<string, string, bool>();
        foreach (var format in ConnectionFormats.All)
        {
            foreach (var mode in Enum.GetNames<PoolMode>())
            {
                rows.Add(format.Id, mode, false);
                rows.Add(format.Id, mode, true);
            }
        }

        return rows;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await world.RemovePoolsAsync();
        _folder.Delete(recursive: true);
    }

    // The database user checkout has a password with every character that means something somewhere.
    [Theory]
    [MemberData(nameof(Everything))]
    public async Task What_is_copied_connects(string format, string mode, bool verify)
    {
        Assert.SkipWhen(world.Sandbox.WhyNotLive is not null, world.Sandbox.WhyNotLive ?? "");
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(new PoolFields(Enum.Parse<PoolMode>(mode), 2, "checkout", "checkout"));
        await DownloadCaAsync(developer);

        var text = await developer.TextAsync(pool, ("format", format), ("verify", verify ? "true" : "false"));

        (await ConnectAsync(format, text)).ShouldBe("checkout checkout");
    }

    [Fact]
    public async Task An_inbound_pool_connects_as_the_user_that_was_chosen()
    {
        Assert.SkipWhen(world.Sandbox.WhyNotLive is not null, world.Sandbox.WhyNotLive ?? "");
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 2, "checkout", User: null));
        await DownloadCaAsync(developer);

        foreach (var user in (string[])["app", "checkout"])
        {
            var text = await developer.TextAsync(pool, ("format", "npgsql"), ("verify", "true"), ("connectAs", user));

            (await ConnectAsync("npgsql", text)).ShouldBe($"checkout {user}");
        }
    }

    [Fact]
    public async Task Verify_refuses_a_server_that_another_authority_signed()
    {
        Assert.SkipWhen(world.Sandbox.WhyNotLive is not null, world.Sandbox.WhyNotLive ?? "");
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 2, "checkout", "checkout"));
        await DownloadCaAsync(developer, SandboxClusters.PaymentsStaging);
        var text = await developer.TextAsync(pool, ("format", "npgsql"), ("verify", "true"));

        await Should.ThrowAsync<NpgsqlException>(() => ConnectAsync("npgsql", text));
    }

    [Theory]
    [InlineData("Transaction")]
    [InlineData("Session")]
    [InlineData("Statement")]
    public async Task The_portal_itself_connects_over_tls_that_verifies(string mode)
    {
        Assert.SkipWhen(world.Sandbox.WhyNotLive is not null, world.Sandbox.WhyNotLive ?? "");
        var pool = await world.ManagedPoolAsync(new PoolFields(Enum.Parse<PoolMode>(mode), 2, "checkout", "checkout"));

        var result = await world.Portal.Of<PoolProbe>().TestAsync(SandboxClusters.OrdersProd, pool, Token);

        result.Connected.ShouldBe(true, result.Words);
        result.Words.ShouldMatch(@"^connected through the pool, TLS verified, PostgreSQL \d+\.\d+, \d+ ms$");
    }

    private async Task DownloadCaAsync(ConnectionsWorld.Browser browser, Guid? cluster = null) => await File.WriteAllBytesAsync(
        Path.Combine(_folder.FullName, ConnectionDetails.CaFile),
        await browser.Http.GetByteArrayAsync($"/clusters/{cluster ?? SandboxClusters.OrdersProd}/{ConnectionDetails.CaFile}", Token),
        Token);

    /// <summary>The database and the user that a query through this text sees.</summary>
    private Task<string> ConnectAsync(string format, string text) => format switch
    {
        "uri" => RunAsync("psql", text),
        "psql" => RunAsync("/bin/sh", "-c", $"{text} -At -F ' ' -c 'select current_database(), current_user'"),
        "npgsql" => QueryAsync(text),
        _ => throw new NotSupportedException($"Say here how a program reads the format {format}."),
    };

    private async Task<string> QueryAsync(string text)
    {
        // A test cannot change the folder of the whole process, so the file is named in full.
        var path = Path.Combine(_folder.FullName, ConnectionDetails.CaFile);
        await using var source = NpgsqlDataSource.Create(text.Replace(ConnectionDetails.CaFile, path, StringComparison.Ordinal));
        for (var time = 1; time <= 3; time++)
        {
            await using var opened = await source.OpenConnectionAsync(Token);
        }

        await using var command = source.CreateCommand("select current_database() || ' ' || current_user");
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        if (program == "psql")
        {
            arguments = [.. arguments, "-At", "-F", " ", "-c", "select current_database(), current_user"];
        }

        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGCONNECT_TIMEOUT"] = "10";
        start.Environment["HOME"] = _folder.FullName;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        process.ExitCode.ShouldBe(0, await error);
        return (await output).Trim();
    }
}
