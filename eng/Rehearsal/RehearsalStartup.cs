using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Portal.Rehearsal.RehearsalStartup))]

namespace Portal.Rehearsal;

/// <summary>What the host calls while the portal is put together.</summary>
public sealed class RehearsalStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services =>
    {
        services.AddSingleton<Cast>();
        services.AddSingleton<Panel>();
        services.AddSingleton<Past>();
        services.AddHostedService<FirstMinute>();
    });
}
