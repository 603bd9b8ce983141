using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Portal.Inventory;
using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class SandboxNoticeTests
{
    private const string Sandbox = "http://127.0.0.1:5081";
    private const string Real = "https://api.digitalocean.com";

    [Theory]
    [InlineData(Real, false)]
    [InlineData("https://API.digitalocean.com/", false)]
    [InlineData(Sandbox, true)]
    [InlineData("https://api.digitalocean.com.example.com", true)]
    public void Everything_that_is_not_digitalocean_is_a_sandbox(string address, bool isSandbox) =>
        Notice(address, Environments.Development).IsSandbox.ShouldBe(isSandbox);

    [Fact]
    public async Task A_portal_on_a_sandbox_does_not_start_as_production()
    {
        var stopped = await Should.ThrowAsync<InvalidOperationException>(
            () => Notice(Sandbox, Environments.Production).StartingAsync(TestContext.Current.CancellationToken));

        stopped.Message.ShouldContain("DigitalOcean:BaseUrl");
        stopped.Message.ShouldContain("ASPNETCORE_ENVIRONMENT");
    }

    [Theory]
    [InlineData(Real, "Production")]
    [InlineData(Sandbox, "Development")]
    [InlineData(Sandbox, "Staging")]
    public async Task Otherwise_it_starts(string address, string environment) =>
        await Notice(address, environment).StartingAsync(TestContext.Current.CancellationToken);

    private static SandboxNotice Notice(string address, string environment) =>
        new(Options.Create(new DigitalOceanOptions { BaseUrl = new Uri(address) }), new Surroundings { EnvironmentName = environment });

    private sealed class Surroundings : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }

        public string ApplicationName { get; set; } = "Portal";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
