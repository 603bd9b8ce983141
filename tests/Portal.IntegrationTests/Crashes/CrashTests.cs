using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Crashes;

/// <summary>The portal is killed in the middle of everything, and nothing is lost, doubled or half done.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_try()
    {
        await using var world = await CrashWorld.StartAsync(server: null);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var round = 0; round < 10; round++)
        {
            var result = await new RoundRun(world, RoundPlan.Draw(7, round)).RunAsync();
            Console.WriteLine($"{watch.Elapsed} " + System.Text.Json.JsonSerializer.Serialize(result));
        }

        output.WriteLine("");
    }
}
