using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Controls;

namespace Portal.Operations;

/// <summary>What the health checks of all rooms say, in words.</summary>
public sealed partial class StatusSection(HealthCheckService checks, TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private HealthReport? _report;
    private DateTimeOffset _at;
    private bool _isBusy;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            await LookAsync();
        }
    }

    private async Task LookAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            _report = await checks.CheckHealthAsync(_gone.Token);
            _at = clock.GetUtcNow();
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static string NameOf(string check) => $"{char.ToUpperInvariant(check[0])}{check[1..]}";

    private static StatusKind KindOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => StatusKind.Success,
        HealthStatus.Degraded => StatusKind.Warning,
        _ => StatusKind.Danger,
    };

    private static string WordOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "works",
        HealthStatus.Degraded => "needs a look",
        _ => "does not work",
    };

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
