using System.Globalization;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Crashes;

/// <summary>The portal is killed in the middle of everything, and nothing is lost, doubled or half done.</summary>
public sealed class CrashTests(SandboxFixture server, ITestOutputHelper output)
{
    private const int Seed = 7;

    [Fact]
    public async Task Ten_kills_and_two_hundred_faulted_changes_lose_nothing_that_a_blind_client_would()
    {
        // Seven rounds reach each named point once, the others any moment.
        var results = await CrashRun.InWorldAsync(server: null, Seed, first: 0, count: 8);
        var summary = CrashRun.Summarize([.. results, .. await CrashRun.InWorldAsync(server, Seed, first: 8, count: 2)]);

        output.WriteLine(summary.ToString());
        summary.Rounds.Count.ShouldBe(10);
        summary.Changes.ShouldBeGreaterThanOrEqualTo(200);
        summary.Wrong.ShouldBe(0, summary.ToString());
        summary.WrongOfBlind.ShouldBeGreaterThan(0, "a harness that no client fails proves nothing");
    }
}

/// <summary>The long run of <c>./test.sh --crash N</c>.</summary>
public sealed class LongCrashTests(SandboxFixture server, ITestOutputHelper output)
{
    [Fact]
    public async Task As_many_as_were_asked_for()
    {
        var asked = Number("CRASH_CHANGES");
        Assert.SkipWhen(asked is null, "./test.sh --crash N runs it.");
        // A round that went wrong is run again by itself.
        var seed = Number("CRASH_SEED") ?? Random.Shared.Next(1, 2000);
        var summary = Number("CRASH_ROUND") is { } round
            ? CrashRun.Summarize(await CrashRun.InWorldAsync(server: null, seed, round, count: 1))
            : await CrashRun.UntilAsync(server, asked.Value, seed);

        output.WriteLine(summary.ToString());
        summary.Wrong.ShouldBe(0, summary.ToString());
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
