using System.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Portal.Benchmarks.Probe.ProbeStartup))]

namespace Portal.Benchmarks.Probe;

/// <summary>Answers, before anything else of the application does, how much memory it holds on to.</summary>
public sealed class ProbeStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddTransient<IStartupFilter, HeapFilter>());

    private sealed class HeapFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/bench/heap", heap => heap.Run(AnswerAsync));
            next(app);
        };

        // What only waits for a finalizer is not held on to, so it is collected twice.
        [System.Diagnostics.CodeAnalysis.SuppressMessage("Major Code Smell", "S1215", Justification = "Measuring the heap is what this is for.")]
        private static Task AnswerAsync(HttpContext context)
        {
            for (var round = 0; round < 2; round++)
            {
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }

            return context.Response.WriteAsJsonAsync(new { heap = GC.GetTotalMemory(forceFullCollection: false) }, context.RequestAborted);
        }
    }
}
