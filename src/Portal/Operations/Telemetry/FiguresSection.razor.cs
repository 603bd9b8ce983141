using Microsoft.AspNetCore.Components;

namespace Portal.Operations.Telemetry;

/// <summary>What the metrics say, in words, for who reads no metrics.</summary>
public sealed partial class FiguresSection(TimeProvider clock) : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<(string About, IReadOnlyList<Figure> Figures)>? _rooms;
    private DateTimeOffset _at;
    private bool _isBusy;

    [Inject]
    private IEnumerable<IRoomFigures> Rooms { get; set; } = null!;

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
            foreach (var room in Rooms)
            {
                await room.ReadAsync(_gone.Token);
            }

            _rooms = [.. Rooms.OrderBy(room => room.About, StringComparer.Ordinal).Select(room => (room.About, room.Now()))];
            _at = clock.GetUtcNow();
        }
        finally
        {
            _isBusy = false;
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
