using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>How many open pages one server carries while 99 of 100 clicks are answered within 100 ms, with the load made on the same machine.</summary>
internal sealed class CircuitCount : IMeasurement
{
    public IReadOnlyList<string> Ids => ["P5"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var database = Bench.Sqlite(bench.Folder);
        var ladder = Ladder.For(bench);
        var (portals, templates) = (new List<Height>(), new List<Height>());
        for (var round = 0; round < (bench.IsQuick ? 1 : 2); round++)
        {
            var (template, _) = await bench.StartTemplateAsync(hasProbe: false, cancellationToken);
            templates.Add(await ladder.ClimbAsync([template], Guests.Anybody(template), "/counter", Aim.Counter, cancellationToken));
            await bench.EndAsync(template);
            var portal = await bench.PortalAsync(sandbox, database, place: 0, cancellationToken);
            var visitors = await Guests.SignInAsync(portal, cancellationToken);
            await Guests.ListIsFullAsync(visitors[0], cancellationToken);
            portals.Add(await ladder.ClimbAsync([portal], visitors, "/", Aim.State, cancellationToken));
            await bench.EndAsync(portal);
        }

        var row = new Row
        {
            Id = "P5",
            Figure = $"open circuits with p99 of a click within {Ladder.SlowestMilliseconds} ms, a click each 5 s",
            Unit = Unit.Count,
            Portal = new Samples(portals.Select(one => (double)one.Circuits)),
            Yardstick = new Samples(templates.Select(one => (double)one.Circuits)),
            YardstickName = "template's counter",
            Target = Target.AtLeastTimes(0.8),
            Note = $"portal: {portals[^1].Words}. Template: {templates[^1].Words}",
        };
        return [row, row with { Yardstick = null, YardstickName = null, Target = Target.AtLeast(4000) }];
    }
}
