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
                rows.Add(format.Id, mode, true);
                // Checking the server is asked for in each mode, not checking it in one.
                if (mode == nameof(PoolMode.Transaction) && !format.AlwaysVerifies)
                {
                    rows.Add(format.Id, mode, false);
                }
            }
        }

        return rows;
    }

    public static TheoryData<string> EveryFormat => [.. ConnectionFormats.All.Select(format => format.Id)];

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
        var pool = await world.LastingPoolAsync(Enum.Parse<PoolMode>(mode));
        await DownloadCaAsync(developer);

        var text = await developer.TextAsync(pool, ("format", format), ("verify", verify ? "true" : "false"));

        (await ConnectAsync(format, text)).ShouldBe("checkout checkout");
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public async Task What_is_copied_connects_directly_too(string format)
    {
        Assert.SkipWhen(world.Sandbox.WhyNotLive is not null, world.Sandbox.WhyNotLive ?? "");
        using var developer = await world.SignInDeveloperAsync();
        var pool = await world.LastingPoolAsync(PoolMode.Transaction);
        await DownloadCaAsync(developer);

        var text = await developer.TextAsync(pool, ("format", format), ("verify", "true"), ("use", "direct"));

        text.ShouldNotContain(pool + "?");
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
    private Task<string> ConnectAsync(string format, string text) => new Client(_folder.FullName, Token).RunAsync(format, text);
}
