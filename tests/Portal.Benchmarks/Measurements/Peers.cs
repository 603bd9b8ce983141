using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Benchmarks.Measurements;

/// <summary>Ten pools made one after the other and then listed: by the portal, by a bare client, and by one that sends again what failed.</summary>
internal sealed class Peers : IMeasurement
{
    private const int Pools = 10;

    /// <summary>What goes wrong with five of the ten calls, in this order: before the effect, after it, and with the answer.</summary>
    private static readonly (string Kind, int? Status)?[] Trouble =
        [null, ("status", 503), null, ("dropAfter", null), null, ("truncate", null), null, ("statusAfterEffect", 504), null, ("html", null)];

    public IReadOnlyList<string> Ids => ["peers"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        string[] settings = ["--Logging:LogLevel:Default=None", "--Inventory:RefreshAfter=1.00:00:00", "--urls=http://127.0.0.1:0"];
        await using var portal = PortalApp.Build([$"--contentRoot={Programs.Top}", .. Bench.Settings(sandbox, Bench.Sqlite(bench.Folder), settings)]);
        await portal.StartAsync(cancellationToken);
        var asker = await Asker.AtAsync(portal, sandbox, cancellationToken);
        await ReadAsync(portal.Services, cancellationToken);
        using var bare = new ApiClient(sandbox.Address, retries: 0);
        using var blind = new ApiClient(sandbox.Address, retries: 4);
        (string Words, Func<string, CancellationToken, Task<bool>> CreateAsync, Func<CancellationToken, Task> ListAsync)[] peers =
        [
            ("the portal", AskAsync, _ => Task.FromResult(portal.Services.GetRequiredService<InventoryBoard>().View.Find(new PoolQuery { Cluster = "orders-prod" }))),
            ("a bare client", bare.CreateAsync, bare.ListAsync),
            ("a client that sends again", blind.CreateAsync, blind.ListAsync),
        ];

        var rows = new List<Row>();
        foreach (var isTroubled in new[] { false, true })
        {
            var seen = peers.ToDictionary(peer => peer.Words, _ => new List<Work>());
            // The first round finds code that was never run.
            for (var round = -1; round < (bench.IsQuick ? 1 : 5); round++)
            {
                foreach (var (words, createAsync, listAsync) in peers)
                {
                    var work = await WorkAsync(sandbox, isTroubled, createAsync, listAsync, cancellationToken);
                    await ReadAsync(portal.Services, cancellationToken);
                    if (round >= 0)
                    {
                        seen[words].Add(work);
                    }
                }
            }

            rows.AddRange(peers.Skip(1).SelectMany(peer => Rows(isTroubled ? "half of the calls failing" : "nothing failing", seen[peers[0].Words], seen[peer.Words], peer.Words)));
        }

        await portal.StopAsync(cancellationToken);
        return rows;

        async Task<bool> AskAsync(string name, CancellationToken token) =>
            await asker.EndAsync(await asker.AskAsync(name, size: 1, token), token) is ChangeState.Done;
    }

    private static IEnumerable<Row> Rows(string when, IReadOnlyList<Work> portal, IReadOnlyList<Work> peer, string words)
    {
        var row = new Row
        {
            Id = "peers",
            Figure = $"ten pools made and listed, {when}",
            Unit = Unit.Milliseconds,
            Portal = new Samples(portal.Select(work => work.Milliseconds)),
            Yardstick = new Samples(peer.Select(work => work.Milliseconds)),
            YardstickName = words,
        };
        return
        [
            row,
            row with { Figure = $"the same, {when}: calls", Unit = Unit.Count, Portal = new Samples(portal.Select(work => (double)work.Calls)), Yardstick = new Samples(peer.Select(work => (double)work.Calls)) },
            row with { Figure = $"the same, {when}: of ten, told wrongly", Unit = Unit.Count, Portal = new Samples(portal.Select(work => (double)work.Wrong)), Yardstick = new Samples(peer.Select(work => (double)work.Wrong)) },
            row with { Figure = $"the same, {when}: of ten, not there afterwards", Unit = Unit.Count, Portal = new Samples(portal.Select(work => (double)work.Missing)), Yardstick = new Samples(peer.Select(work => (double)work.Missing)) },
        ];
    }

    private static async Task<Work> WorkAsync(
        SandboxService sandbox, bool isTroubled, Func<string, CancellationToken, Task<bool>> createAsync, Func<CancellationToken, Task> listAsync, CancellationToken cancellationToken)
    {
        var pools = $"/v2/databases/{Bench.OrdersProd}/pools";
        var (calls, took, wrong, made) = (0, TimeSpan.Zero, 0, new List<string>());
        for (var number = 0; number < Pools; number++)
        {
            var name = FormattableString.Invariant($"peer-{number}");
            await sandbox.SendAsync(HttpMethod.Delete, "/sandbox/faults", body: null, cancellationToken);
            if (isTroubled && Trouble[number] is { } fault)
            {
                await sandbox.SendAsync(HttpMethod.Post, "/sandbox/faults", new { method = "POST", path = pools, kind = fault.Kind, status = fault.Status }, cancellationToken);
            }

            var since = await sandbox.LastCallAsync(cancellationToken);
            var began = Stopwatch.GetTimestamp();
            var isCalledDone = await createAsync(name, cancellationToken);
            took += Stopwatch.GetElapsedTime(began);
            var seen = await sandbox.CallsAsync(since, cancellationToken);
            calls += seen.Count;
            var isMade = seen.Any(call => call.GetProperty("effect").GetString() == "created");
            wrong += isMade == isCalledDone ? 0 : 1;
            if (isMade)
            {
                made.Add(name);
            }
        }

        var before = await sandbox.LastCallAsync(cancellationToken);
        var listed = Stopwatch.GetTimestamp();
        await listAsync(cancellationToken);
        took += Stopwatch.GetElapsedTime(listed);
        calls += (await sandbox.CallsAsync(before, cancellationToken)).Count;
        await sandbox.SendAsync(HttpMethod.Delete, "/sandbox/faults", body: null, cancellationToken);
        foreach (var name in made)
        {
            await sandbox.SendAsync(HttpMethod.Delete, $"{pools}/{name}", body: null, cancellationToken);
        }

        return new Work(took.TotalMilliseconds, calls, wrong, Pools - made.Count);
    }

    /// <summary>The portal learns that the pools of the last round are gone.</summary>
    private static async Task ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!(await services.GetRequiredService<InventoryReader>().ReadClusterAsync(Bench.OrdersProd, cancellationToken)).TryGet(out _, out var failure))
        {
            throw new InvalidOperationException($"orders-prod was not read: {failure}");
        }
    }

    /// <param name="Wrong">Called failed and took effect, or the other way round.</param>
    private sealed record Work(double Milliseconds, int Calls, int Wrong, int Missing);
}
