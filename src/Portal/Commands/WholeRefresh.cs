using System.Globalization;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Commands;

/// <summary>Reads everything once. It takes the background's part of the calls, so that a portal that runs beside it keeps those for people.</summary>
internal sealed class WholeRefresh(IInventoryReading inventory, BoardKeeper board, CallBudget budget, TimeProvider clock, TextWriter output)
{
    private const int MostTries = 3;

    private static readonly TimeSpan WaitIsTold = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        if (await ReadAsync(inventory.ReadClustersAsync, cancellationToken) is { } failure)
        {
            await output.WriteLineAsync($"The list of clusters was not read. {Words(failure)}");
            return ExitCode.Wrong;
        }

        var failures = 0;
        foreach (var primary in (await board.ViewAsync(cancellationToken)).Clusters.Where(cluster => !cluster.IsReplica).ToList())
        {
            failures += await TellAsync(primary, token => inventory.ReadReplicasAsync(primary.Id, token), "read replicas", cancellationToken);
        }

        var clusters = (await board.ViewAsync(cancellationToken)).Clusters.ToList();
        foreach (var cluster in clusters)
        {
            failures += await TellAsync(cluster, token => inventory.ReadPoolsAsync(cluster.Id, token), "pools", cancellationToken);
        }

        var pools = (await board.ViewAsync(cancellationToken)).Clusters.Sum(cluster => cluster.Pools.Count);
        await output.WriteLineAsync(FormattableString.Invariant(
            $"Read {clusters.Count} clusters and read replicas with {pools} pools in {clock.GetElapsedTime(began).TotalSeconds:N1} s; {failures} not read."));
        return failures == 0 ? ExitCode.Done : ExitCode.Wrong;
    }

    private async Task<int> TellAsync(ClusterFacts cluster, Func<CancellationToken, Task<ApiFailure?>> read, string what, CancellationToken cancellationToken)
    {
        if (await ReadAsync(read, cancellationToken) is not { } failure)
        {
            return 0;
        }

        await output.WriteLineAsync($"{cluster.Name}: its {what} were not read. {Words(failure)}");
        return 1;
    }

    private async Task<ApiFailure?> ReadAsync(Func<CancellationToken, Task<ApiFailure?>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (budget.WaitFor(CallFor.Background) is { Ticks: > 0 } wait)
            {
                if (wait >= WaitIsTold)
                {
                    await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The rate limit lets it go on in {wait.TotalSeconds:N0} s."));
                }

                await Task.Delay(wait, clock, cancellationToken);
            }

            // Only what was refused for its rate is worth another try.
            var failure = await read(cancellationToken);
            if (failure is not { Kind: ApiFailureKind.Throttled } || attempt == MostTries)
            {
                return failure;
            }
        }
    }

    private static string Words(ApiFailure failure) => $"{FailureWords.Of(failure).Happened}{(failure.RequestId is { } id ? $" (request {id})" : "")}";
}
