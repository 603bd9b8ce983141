using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>What the blind client made of the changes of a round: the same clusters, changes and faults, and nobody kills it.</summary>
/// <param name="CalledFailed">Reported as failed, and took effect.</param>
/// <param name="CalledDone">Reported as done, and took no effect.</param>
/// <param name="Twice">Took effect more than once.</param>
internal sealed record BlindResult(int Changes, int CalledFailed, int CalledDone, int Twice)
{
    public int Wrong => CalledFailed + CalledDone + Twice;

    public static async Task<BlindResult> OfAsync(RoundPlan plan)
    {
        await using var sandbox = await ColdSandbox.StartAsync(options => options with
        {
            Clusters = RoundPlan.RoundsInWorld * RoundPlan.ClustersInRound,
            RequestsPerMinute = int.MaxValue,
            RequestsPerHour = int.MaxValue,
        });
        using var api = new SandboxApi(sandbox);
        foreach (var cluster in plan.Clusters)
        {
            await CrashClusters.PrepareAsync(api, cluster);
        }

        using var client = new BlindClient(sandbox.Address);
        var result = new BlindResult(0, 0, 0, 0);
        foreach (var change in plan.Changes.Where(change => change.Method is not null))
        {
            var before = sandbox.Ledger.Entries.Count;
            sandbox.Faults.Clear();
            foreach (var fault in change.Faults)
            {
                sandbox.Faults.Add(fault);
            }

            var isCalledDone = await client.DoAsync(change);
            var effects = sandbox.Ledger.Since(before).Count(entry => change.IsCall(entry) && entry.Effect is not Effect.None);
            result = new BlindResult(
                result.Changes + 1,
                result.CalledFailed + (!isCalledDone && effects > 0 ? 1 : 0),
                result.CalledDone + (isCalledDone && effects == 0 ? 1 : 0),
                result.Twice + (effects > 1 ? 1 : 0));
        }

        return result;
    }
}
