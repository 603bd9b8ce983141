using System.Globalization;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>What one more open page costs the server's memory: the list of pools with 50 rows, and the template's counter.</summary>
internal sealed class CircuitMemory : IMeasurement
{
    /// <summary>Open before the first reading: what only the first pages cost is not counted.</summary>
    private const int Before = 50;

    private const double Kilobyte = 1000;

    public IReadOnlyList<string> Ids => ["P3", "P4"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var database = Bench.Sqlite(bench.Folder);
        var count = bench.IsQuick ? 200 : 1000;
        var (portals, templates) = (new List<(double Heap, double Resident)>(), new List<(double Heap, double Resident)>());
        for (var round = 0; round < (bench.IsQuick ? 1 : 3); round++)
        {
            var (template, _) = await bench.StartTemplateAsync(hasProbe: true, cancellationToken);
            templates.Add(await MeasureAsync(template, Guests.Anybody(template), "/counter", Aim.Counter));
            var portal = await bench.PortalAsync(sandbox, database, place: 0, cancellationToken);
            var visitors = await Guests.SignInAsync(portal, cancellationToken);
            await Guests.ListIsFullAsync(visitors[0], cancellationToken);
            portals.Add(await MeasureAsync(portal, visitors, "/", Aim.State));
        }

        var row = new Row
        {
            Id = "P3",
            Figure = string.Create(CultureInfo.InvariantCulture, $"managed heap of an open circuit, {count:N0} circuits, list of {Guests.RowsOnPage} pools"),
            Unit = Unit.Kilobytes,
            Portal = new Samples(portals.Select(one => one.Heap)),
            Yardstick = new Samples(templates.Select(one => one.Heap)),
            YardstickName = "template's counter",
            Target = Target.AtMostTimes(1.5),
        };
        return
        [
            row,
            row with
            {
                Id = "P4",
                Figure = string.Create(CultureInfo.InvariantCulture, $"resident memory of an open circuit, {count:N0} circuits"),
                Portal = new Samples(portals.Select(one => one.Resident)),
                Yardstick = new Samples(templates.Select(one => one.Resident)),
                YardstickName = "template's counter, its compression on",
                Target = Target.AtMostTimes(0.55),
            },
        ];

        async Task<(double Heap, double Resident)> MeasureAsync(Service site, IReadOnlyList<Visitor> visitors, string page, Aim aim)
        {
            await using var crowd = new Crowd();
            await crowd.OpenAsync(visitors, Before, page, aim, cancellationToken);
            var before = await site.MemoryAsync(cancellationToken);
            await crowd.OpenAsync(visitors, count, page, aim, cancellationToken);
            // As after some use: everybody has clicked once.
            await crowd.ClickAsync(think: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(5), cancellationToken);
            var after = await site.MemoryAsync(cancellationToken);
            if (crowd.Count != Before + count)
            {
                throw new InvalidOperationException($"Of {Before + count} pages {crowd.Count} are left: {crowd.Circuits.First(circuit => circuit.Failure is not null).Failure}");
            }

            await bench.EndAsync(site);
            return ((after.Heap - before.Heap) / Kilobyte / count, (after.Resident - before.Resident) / Kilobyte / count);
        }
    }
}
