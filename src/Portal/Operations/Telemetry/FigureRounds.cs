using Microsoft.Extensions.Options;

namespace Portal.Operations.Telemetry;

/// <summary>Reads the figures of all rooms again and again, for metrics that are asked for at any moment and must not wait for a database.</summary>
/// <remarks>Only where metrics are collected. That it asks for every room's figures is also what brings their meters into being.</remarks>
internal sealed class FigureRounds(IEnumerable<IRoomFigures> rooms, IOptions<TelemetryOptions> options, TimeProvider clock) : BackgroundService
{
    private readonly IReadOnlyList<IRoomFigures> _rooms = [.. rooms];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                foreach (var room in _rooms)
                {
                    await room.ReadAsync(stoppingToken);
                }

                await Task.Delay(options.Value.FiguresEvery, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }
}
