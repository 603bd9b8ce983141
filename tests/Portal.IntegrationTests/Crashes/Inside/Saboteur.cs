using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Inside of the portal's process: listens to what the framework tells anybody, and does what the harness orders.</summary>
internal sealed class Saboteur : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>The variable that names the file for the answers to orders.</summary>
    public const string AnswersFile = "CRASH_ANSWERS";

    /// <summary>The variable with the seconds by which the clock is off from the start.</summary>
    public const string ClockOff = "CRASH_CLOCK";

    private static readonly ShiftedClock Clock = new();
    private static CallWatch? s_calls;

    public static void Enter()
    {
        Clock.Shift = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable(ClockOff) ?? "0", CultureInfo.InvariantCulture));
        s_calls = new CallWatch();
        DiagnosticListener.AllListeners.Subscribe(new Saboteur());
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name is "Microsoft.Extensions.Hosting" or "Microsoft.EntityFrameworkCore" or "HttpHandlerDiagnosticListener")
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        switch (value)
        {
            case { Key: "HostBuilding", Value: IHostBuilder builder }:
                builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
                break;
            case { Key: "HostBuilt", Value: IHost host }:
                var orders = new OrderDesk(host.Services, Clock, Environment.GetEnvironmentVariable(AnswersFile)!);
                host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => _ = Task.Run(orders.ServeAsync));
                break;
            case { Key: var name } when name.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal):
                DatabaseWatch.Hear(name, value.Value);
                break;
            case { Key: var name } when name.StartsWith("System.Net.Http.", StringComparison.Ordinal):
                CallWatch.Hear(name, value.Value);
                KillSwitch.Reach(KillPoint.Random);
                break;
        }
    }

    public void OnCompleted()
    {
        // The process ends.
    }

    public void OnError(Exception error)
    {
        // Listeners do not fail.
    }
}
