using System.Globalization;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;
using Portal.Inventory;
using Portal.Tests;
using Portal.Tests.Inventory.Refresh;

namespace Portal.Benchmarks.Measurements;

/// <summary>
/// What the background makes of the calls that DigitalOcean allows, with the portal's own scheduler, budget and client: the clock is moved by hand,
/// and the account that answers counts as DigitalOcean documents it.
/// </summary>
internal sealed class Freshness : IMeasurement
{
    /// <summary>What a call is on its way, there and again back.</summary>
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> Ids => ["P8", "fresh"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        if (bench.Wants("P8"))
        {
            var day = await LiveAsync(1000, TimeSpan.FromDays(1), cancellationToken);
            var row = new Row
            {
                Id = "P8",
                Figure = "1,000 clusters, a day of the background: calls in an hour",
                Unit = Unit.Count,
                Portal = Samples.Of(day.Calls / 24.0),
                Target = Target.AtMost(4000),
            };
            rows.Add(row);
            rows.Add(row with { Figure = "1,000 clusters, a day of the background: answers with 429", Portal = Samples.Of(day.Refused), Target = Target.AtMost(0) });
        }

        if (bench.Wants("fresh"))
        {
            foreach (var clusters in bench.IsQuick ? [10, 100, 1000] : new[] { 10, 100, 300, 1000, 3000, 10_000 })
            {
                var life = await LiveAsync(clusters, length: null, cancellationToken);
                rows.Add(new Row
                {
                    Id = "fresh",
                    Figure = string.Create(CultureInfo.InvariantCulture, $"{clusters:N0} clusters, one token: the oldest reading of pools"),
                    Unit = Unit.Minutes,
                    Portal = Samples.Of(life.Oldest.TotalMinutes),
                    Target = Target.AtMost(life.Bound.TotalMinutes),
                });
            }
        }

        return rows;
    }

    /// <param name="length">How long; null for as long as three readings of everything may take, and two hours at least.</param>
    private static async Task<Life> LiveAsync(int clusters, TimeSpan? length, CancellationToken cancellationToken)
    {
        var clock = new ManualTimeProvider();
        var account = new SimulatedAccount(clock, Way);
        using var board = SimulatedPortal.BoardOf(clock, clusters);
        using var portal = new SimulatedPortal(clock, account, board);
        var bound = RefreshBound.Of(clusters, new InventoryOptions(), portal.Budget.BackgroundPerHour);
        var began = clock.GetUtcNow();
        var (end, looked, oldest) = (began + (length ?? Later(bound * 3, TimeSpan.FromHours(2))), began, TimeSpan.Zero);
        while (clock.GetUtcNow() < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.Advance(await portal.Work.TurnAsync(cancellationToken));
            if (clock.GetUtcNow() - looked > BetweenLooks && board.View.OldestReading is { } reading)
            {
                looked = clock.GetUtcNow();
                oldest = Later(oldest, looked - reading);
            }
        }

        return new Life(account.Calls, account.Refused, oldest, bound);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed record Life(int Calls, int Refused, TimeSpan Oldest, TimeSpan Bound);
}
