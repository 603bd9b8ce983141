using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Reviews.Queue;
using Portal.Storage;

namespace Portal.IntegrationTests.Changes.Reviews;

public abstract class ZMeasure(SandboxFixture? server) : ReviewScene(server)
{
    [Fact]
    public async Task Measure()
    {
        var lead = await LeadAsync();
        var admin = await AdminAsync();
        var file = $"/tmp/measure-{GetType().Name}.txt";
        File.WriteAllText(file, "");
        var total = 0;
        foreach (var count in new[] { 10, 10_000 })
        {
            await SeededChange.KeepAsync(_portal.Of<IDbContextFactory<PortalDbContext>>(), Enumerable.Range(total, count - total).Select(n => SeededChange.New($"pool-{n}", n % 2 == 0 ? "Payments" : "Orders")));
            await SeededChange.KeepAsync(_portal.Of<IDbContextFactory<PortalDbContext>>(), Enumerable.Range(total, count - total).Select(n => SeededChange.New($"done-{n}", "Payments", state: ChangeState.Done)));
            total = count;
            foreach (var (name, session) in new[] { ("lead", lead), ("admin", admin) })
            {
                foreach (var query in new[] { new ReviewQuery(), new ReviewQuery { Show = ReviewShow.Open }, new ReviewQuery { Show = ReviewShow.Decided }, new ReviewQuery { Requester = "nobody" } })
                {
                    await TimeAsync(file, $"{count} {name} {query.ToAddress()}", () => _portal.Of<ReviewQueue>().OpenAsync(session, query, CancellationToken.None));
                }

                await TimeAsync(file, $"{count} {name} count", () => _portal.Of<ReviewQueue>().CountAsync(session, CancellationToken.None));
            }
        }
    }

    private static async Task TimeAsync(string file, string what, Func<Task> act)
    {
        for (var i = 0; i < 20; i++) { await act(); }
        var times = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            var watch = Stopwatch.StartNew();
            await act();
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        File.AppendAllText(file, $"{what}: median {times[30]:0.0} ms, 95 % {times[57]:0.0} ms\n");
    }
}

public sealed class ZMeasureSqlite() : ZMeasure(server: null);

public sealed class ZMeasurePg(SandboxFixture server) : ZMeasure(server);
