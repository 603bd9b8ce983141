using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>From the start of the process until it says that it is ready, with nothing to migrate: portal and template in turns.</summary>
internal sealed class StartToReady : IMeasurement
{
    private const double LongestMilliseconds = 3000;

    public IReadOnlyList<string> Ids => ["P12", "start"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var sqlite = Bench.Sqlite(bench.Folder);
        var postgreSql = await bench.PostgreSqlAsync(cancellationToken);
        // The first start makes the tables; it and the template's first one are not counted.
        await PortalAsync(sqlite);
        await PortalAsync(postgreSql);
        await TemplateAsync();

        var (onSqlite, onPostgreSql, template) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < (bench.IsQuick ? 3 : 10); round++)
        {
            template.Add(await TemplateAsync());
            onSqlite.Add(await PortalAsync(sqlite));
            onPostgreSql.Add(await PortalAsync(postgreSql));
        }

        var row = new Row
        {
            Id = "start",
            Figure = "start to ready, nothing to migrate, SQLite",
            Unit = Unit.Milliseconds,
            Portal = new Samples(onSqlite),
            Target = Target.AtMost(LongestMilliseconds),
        };
        return
        [
            row with { Id = "P12", Figure = "start to ready, SQLite", Yardstick = new Samples(template), YardstickName = "template", Target = Target.AtMostTimes(1.5) },
            row,
            row with { Figure = "start to ready, nothing to migrate, PostgreSQL", Portal = new Samples(onPostgreSql) },
        ];

        async Task<double> PortalAsync(PortalDatabase database)
        {
            var (portal, took) = await bench.StartPortalAsync(sandbox, database, place: 0, hasProbe: false, cancellationToken);
            await bench.EndAsync(portal);
            return took.TotalMilliseconds;
        }

        async Task<double> TemplateAsync()
        {
            var (template, took) = await bench.StartTemplateAsync(hasProbe: false, cancellationToken);
            await bench.EndAsync(template);
            return took.TotalMilliseconds;
        }
    }
}
