using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>A browser with nothing cached: how long until a click has an effect, and how much had to come for it. Template and portal in turns.</summary>
internal sealed class FirstVisit : IMeasurement
{
    private const double Kilobyte = 1000;

    public IReadOnlyList<string> Ids => ["P1", "P2"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var (template, _) = await bench.StartTemplateAsync(hasProbe: false, cancellationToken);
        var portal = await bench.PortalAsync(sandbox, Bench.Sqlite(bench.Folder), place: 0, cancellationToken);
        var visitor = await Guests.SignInAsync(portal, "developer", cancellationToken);
        await Guests.ListIsFullAsync(visitor, cancellationToken);
        await using var chromium = await Chromium.StartAsync();
        var pairs = await PairsAsync(chromium, template, portal, visitor, bench.IsQuick ? 5 : 15, cancellationToken);

        var row = new Row
        {
            Id = "P1",
            Figure = "time to first effective click, list of pools, cold cache",
            Unit = Unit.Milliseconds,
            Portal = new Samples(pairs.Select(pair => pair.Portal.Milliseconds)),
            Yardstick = new Samples(pairs.Select(pair => pair.Template.Milliseconds)),
            YardstickName = "template's counter",
            Target = Target.AtMostTimes(0.95),
        };
        return
        [
            row,
            row with
            {
                Id = "P2",
                Figure = "transferred until the page listens",
                Unit = Unit.Kilobytes,
                Portal = new Samples(pairs.Select(pair => (pair.Portal.Loaded + pair.Portal.Received) / Kilobyte)),
                Yardstick = new Samples(pairs.Select(pair => (pair.Template.Loaded + pair.Template.Received) / Kilobyte)),
                Target = Target.AtMostTimes(1.25),
                Note = $"portal: {Parts(pairs.Select(pair => pair.Portal))}. Template: {Parts(pairs.Select(pair => pair.Template))}",
            },
        ];
    }

    private static string Parts(IEnumerable<Visit> visits)
    {
        var all = visits.ToList();
        var (loaded, received) = (new Samples(all.Select(visit => visit.Loaded / Kilobyte)).Median, new Samples(all.Select(visit => visit.Received / Kilobyte)).Median);
        return $"{UnitText.Of(loaded, Unit.Kilobytes)} as answers, {UnitText.Of(received, Unit.Kilobytes)} over the socket";
    }

    /// <summary>The first pair warms both servers up and is not counted.</summary>
    public static async Task<IReadOnlyList<(Visit Template, Visit Portal)>> PairsAsync(
        Chromium chromium, Service template, Service portal, Circuits.Visitor visitor, int count, CancellationToken cancellationToken)
    {
        var pairs = new List<(Visit Template, Visit Portal)>();
        for (var round = 0; round <= count; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pairs.Add((
                await chromium.MeasureAsync(template, visitor: null, "/counter", ClickTarget.Counter),
                await chromium.MeasureAsync(portal, visitor, "/", ClickTarget.State)));
        }

        return pairs[1..];
    }
}
