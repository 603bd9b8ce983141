using System.Globalization;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>Opens more and more pages, each of which clicks every five seconds, until clicks are too slow.</summary>
internal sealed class Ladder(int step, int most, TimeSpan duration)
{
    public const double SlowestMilliseconds = 100;

    private static readonly TimeSpan Think = TimeSpan.FromSeconds(5);

    public static Ladder For(Bench bench) => bench.IsQuick
        ? new Ladder(step: 300, most: 600, TimeSpan.FromSeconds(8))
        : new Ladder(step: 500, most: 6500, TimeSpan.FromSeconds(12));

    /// <param name="doors">Where pages are opened, in turns: the people of each server.</param>
    public async Task<Height> ClimbAsync(IReadOnlyList<Service> servers, IReadOnlyList<Visitor> doors, string page, Aim aim, CancellationToken cancellationToken)
    {
        var (reached, last) = (0, (Clicks?)null);
        var perClick = TimeSpan.Zero;
        string? ended = null;
        await using var crowd = new Crowd();
        while (reached < most && ended is null)
        {
            try
            {
                await crowd.OpenAsync(doors, step, page, aim, cancellationToken);
            }
            catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or TimeoutException or System.Net.WebSockets.WebSocketException)
            {
                ended = $"no more could be opened: {exception.Message}";
                break;
            }

            // What the opening left over is not theirs.
            await crowd.ClickAsync(Think, Think, cancellationToken);
            var (clicks, busy) = await MeasureAsync(crowd, servers, cancellationToken);
            if (!IsFast(clicks))
            {
                // Once more: on a small machine anything else that runs for a moment is seen in one click of a hundred.
                (clicks, busy) = await MeasureAsync(crowd, servers, cancellationToken);
            }

            if (!IsFast(clicks))
            {
                ended = string.Create(CultureInfo.InvariantCulture, $"at {reached + step:N0} p99 is {clicks.Percentile(99):0} ms, {clicks.Unanswered} unanswered, {clicks.Broken} lost");
                break;
            }

            (reached, last, perClick) = (reached + step, clicks, busy / Math.Max(1, clicks.Milliseconds.Count));
        }

        return new Height(reached, last, perClick, ended ?? string.Create(CultureInfo.InvariantCulture, $"more than {most:N0} were not tried"));
    }

    private async Task<(Clicks Clicks, TimeSpan Busy)> MeasureAsync(Crowd crowd, IReadOnlyList<Service> servers, CancellationToken cancellationToken)
    {
        var before = Busy(servers);
        var clicks = await crowd.ClickAsync(Think, duration, cancellationToken);
        return (clicks, Busy(servers) - before);
    }

    private static bool IsFast(Clicks clicks) => clicks.Broken == 0 && clicks.Percentile(99) <= SlowestMilliseconds;

    private static TimeSpan Busy(IReadOnlyList<Service> servers) => servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.ProcessorTime);
}

/// <summary>How far it went.</summary>
/// <param name="Circuits">The most with which clicks were fast enough.</param>
/// <param name="Clicks">With those; null when not even the first step was.</param>
/// <param name="PerClick">Processor time of the servers, with those.</param>
/// <param name="Ended">Why there are not more.</param>
internal sealed record Height(int Circuits, Clicks? Clicks, TimeSpan PerClick, string Ended)
{
    public string Words => Clicks is null ? Ended : string.Create(
        CultureInfo.InvariantCulture,
        $"with {Circuits:N0} p50 {Clicks.Percentile(50):0.0}, p95 {Clicks.Percentile(95):0.0}, p99 {Clicks.Percentile(99):0.0} ms, {Clicks.PerSecond:0} clicks/s, {PerClick.TotalMilliseconds:0.00} ms of processor each; {Ended}");
}
