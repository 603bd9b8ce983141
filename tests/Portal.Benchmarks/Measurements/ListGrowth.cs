using System.Diagnostics;
using System.Globalization;
using Portal.Access;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Benchmarks.Measurements;

/// <summary>How the list of all pools grows with the pools: what the board that all pages look at holds, and how long a page of it takes to find.</summary>
internal sealed class ListGrowth : IMeasurement
{
    private const int PoolsOfCluster = 20;
    private const double Kilobyte = 1000;

    private static readonly (string Words, PoolQuery Query)[] Queries =
    [
        ("the first page", new PoolQuery()),
        ("a search", new PoolQuery { Search = "team-7 checkout" }),
        ("ordered by size", new PoolQuery { Sort = PoolSort.Size, IsDescending = true }),
    ];

    public IReadOnlyList<string> Ids => ["lists"];

    public Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        foreach (var count in new[] { 20, 1_000, 20_000, 100_000 })
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var view = new BoardView([.. Enumerable.Range(1, count / PoolsOfCluster).Select(Cluster)], version: 1);
            _ = view.Find(new PoolQuery());
            var held = GC.GetTotalMemory(forceFullCollection: true) - before;
            rows.Add(new Row
            {
                Id = "lists",
                Figure = string.Create(CultureInfo.InvariantCulture, $"{count:N0} pools, held once for all pages"),
                Unit = Unit.Kilobytes,
                Portal = Samples.Of(held / Kilobyte),
            });
            rows.AddRange(Queries.Select(query => new Row
            {
                Id = "lists",
                Figure = string.Create(CultureInfo.InvariantCulture, $"{count:N0} pools, {query.Words}"),
                Unit = Unit.Milliseconds,
                Portal = new Samples(Take(view, query.Query, bench.IsQuick ? 5 : 30)),
            }));
        }

        return Task.FromResult<IReadOnlyList<Row>>(rows);
    }

    private static IEnumerable<double> Take(BoardView view, PoolQuery query, int rounds)
    {
        // The first few find code that was never run.
        foreach (var round in Enumerable.Range(-3, rounds + 3))
        {
            var began = Stopwatch.GetTimestamp();
            _ = view.Find(query);
            if (round >= 0)
            {
                yield return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }
    }

    private static ClusterFacts Cluster(int number)
    {
        var id = Guid.NewGuid();
        return new ClusterFacts(
            new ClusterIdentity(id, Name($"cluster-{number:00000}"), []),
            "online",
            "fra1",
            ClusterPlan.Parse("db-s-4vcpu-8gb"),
            ["app"],
            ["app"],
            [.. Enumerable.Range(1, PoolsOfCluster).Select(pool => new PoolFacts(id, Name($"team-{pool}-{(number % 3 == 0 ? "checkout" : "orders")}-{pool:00}"), "transaction", pool, "app", "app", DateTimeOffset.UnixEpoch, Managed: null))],
            DateTimeOffset.UnixEpoch);
    }

    private static string Name(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
