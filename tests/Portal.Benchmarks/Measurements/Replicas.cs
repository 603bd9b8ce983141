using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>How many open pages two portals on one PostgreSQL carry against one, with the same slowest click.</summary>
/// <remarks>
/// All of it shares one machine, so that two portals have no more processors than one. Where there are few, what tells whether a second
/// machine would carry as much again is the processor time of a click: it stays the same when portals do not cost each other anything.
/// </remarks>
internal sealed class Replicas : IMeasurement
{
    public IReadOnlyList<string> Ids => ["replicas"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var database = await bench.PostgreSqlAsync(cancellationToken);
        var ladder = Ladder.For(bench);
        var alone = await ClimbAsync(0);
        var together = await ClimbAsync(0, 1);
        var row = new Row
        {
            Id = "replicas",
            Figure = $"open circuits of two portals on one PostgreSQL, p99 within {Ladder.SlowestMilliseconds} ms",
            Unit = Unit.Count,
            Portal = Samples.Of(together.Circuits),
            Yardstick = Samples.Of(alone.Circuits),
            YardstickName = "one portal",
            Target = Target.AtLeastTimes(1.7),
            Note = $"all on {Environment.ProcessorCount} cores with the load. Two: {together.Words}. One: {alone.Words}",
        };
        return
        [
            row,
            row with
            {
                Figure = "processor time of a click, two portals",
                Target = null,
                Unit = Unit.Milliseconds,
                Portal = Samples.Of(together.PerClick.TotalMilliseconds),
                Yardstick = Samples.Of(alone.PerClick.TotalMilliseconds),
            },
        ];

        async Task<Height> ClimbAsync(params int[] places)
        {
            var (servers, people) = (new List<Service>(), new List<IReadOnlyList<Visitor>>());
            foreach (var place in places)
            {
                servers.Add(await bench.PortalAsync(sandbox, database, place, cancellationToken));
                people.Add(await Guests.SignInAsync(servers[^1], cancellationToken));
                await Guests.ListIsFullAsync(people[^1][0], cancellationToken);
            }

            // One at each portal in turns.
            IReadOnlyList<Visitor> doors = [.. Enumerable.Range(0, people[0].Count).SelectMany(index => people.Select(those => those[index]))];
            var height = await ladder.ClimbAsync(servers, doors, "/", Aim.State, cancellationToken);
            foreach (var server in servers)
            {
                await bench.EndAsync(server);
            }

            return height;
        }
    }
}
