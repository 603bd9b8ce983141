using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;

[assembly: AssemblyFixture(typeof(SandboxFixture))]

namespace Portal.IntegrationTests.Sandbox;

/// <summary>One sandbox with live clusters for all tests of the assembly; its rate limit is out of the way.</summary>
/// <remarks>A test of it makes pools by names of its own and takes them away again: the budget is everybody's.</remarks>
public sealed class SandboxFixture : IAsyncLifetime
{
    public SandboxHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await SandboxHost.StartAsync(
        new SandboxOptions { RequestsPerMinute = 1_000_000, RequestsPerHour = 1_000_000 },
        CancellationToken.None);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>A sandbox of words only, for one class of tests, or one test: up in a moment.</summary>
public sealed class ColdSandbox : IAsyncLifetime
{
    public SandboxHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static Task<SandboxHost> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null, TimeProvider? clock = null)
    {
        var options = new SandboxOptions { Live = false };
        return SandboxHost.StartAsync(change?.Invoke(options) ?? options, clock ?? TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
