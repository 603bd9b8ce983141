using System.Text.Json;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Rounds one after the other, a world for each ten, every round a line of a file as soon as it is judged.</summary>
internal static class CrashRun
{
    /// <summary>Where the rounds and their summary are kept: <c>artifacts/crash</c>.</summary>
    public static string Folder { get; } = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.FullName, "crash");

    /// <summary>Rounds of one world, from <paramref name="first"/> on; at most as many as it has room for.</summary>
    /// <param name="server">Where to make a PostgreSQL database; null for SQLite.</param>
    public static async Task<IReadOnlyList<RoundResult>> InWorldAsync(SandboxFixture? server, int seed, int first, int count, Action<RoundResult>? judged = null)
    {
        await using var world = await CrashWorld.StartAsync(server);
        var results = new List<RoundResult>();
        for (var round = first; round < first + count; round++)
        {
            var result = await RunAsync(world, RoundPlan.Draw(seed, round));
            if (round == first + count - 1 && !await world.StopAndVerifyAsync())
            {
                result = result with { Flaws = [.. result.Flaws, new Flaw(FlawKind.NotRecorded, "'audit verify' says that the record is not whole")] };
            }

            if (result.Flaws.Count > 0 || result.SecretsFound > 0)
            {
                world.Keep(FolderOf(seed, round));
            }

            results.Add(result);
            judged?.Invoke(result);
        }

        return results;
    }

    /// <summary>Rounds until so many changes have been through it; goes on where the file ends.</summary>
    public static async Task<CrashSummary> UntilAsync(SandboxFixture server, int changes, int seed)
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, "rounds.jsonl");
        var results = File.Exists(file) ? (await File.ReadAllLinesAsync(file)).Select(line => JsonSerializer.Deserialize<RoundResult>(line)!).ToList() : [];
        seed = results.Count > 0 ? results[0].Seed : seed;
        while (results.Sum(round => round.Changes) < changes)
        {
            var first = results.Count;
            var room = RoundPlan.RoundsInWorld - (first % RoundPlan.RoundsInWorld);
            var isOnPostgreSql = first / RoundPlan.RoundsInWorld % 3 == 2;
            await InWorldAsync(isOnPostgreSql ? server : null, seed, first, room, result =>
            {
                File.AppendAllText(file, JsonSerializer.Serialize(result) + "\n");
                results.Add(result);
            });
        }

        File.Move(file, Path.Combine(Folder, $"rounds-{seed}.jsonl"), overwrite: true);
        return Summarize(results);
    }

    public static CrashSummary Summarize(IReadOnlyList<RoundResult> results)
    {
        var summary = new CrashSummary(results);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "summary.txt"), summary.ToString());
        return summary;
    }

    private static async Task<RoundResult> RunAsync(CrashWorld world, RoundPlan plan)
    {
        try
        {
            return await new RoundRun(world, plan).RunAsync();
        }
        catch (Exception exception)
        {
            world.Keep(FolderOf(plan.Seed, plan.Round));
            throw new InvalidOperationException($"Seed {plan.Seed}, round {plan.Round} could not be judged.", exception);
        }
    }

    private static string FolderOf(int seed, int round) => Path.Combine(Folder, $"{seed}-{round}");
}
