using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Portal.Operations;

namespace Portal.Access;

/// <summary>Stops the start when the portal would be reached over plain http from elsewhere.</summary>
/// <remarks>Twice: by the settings before anything listens, and by what the server says it listens on, which code can add to.</remarks>
internal sealed class CheckListening(Transport transport, IConfiguration configuration, IServer server) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => CheckAsync(Transport.Configured(configuration));

    public Task StartedAsync(CancellationToken cancellationToken) => CheckAsync(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task CheckAsync(IEnumerable<string> addresses) =>
        transport.WhyNot(addresses) is { } why ? throw new NotStartedException(why) : Task.CompletedTask;
}
