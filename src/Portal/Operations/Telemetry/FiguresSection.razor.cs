using Microsoft.AspNetCore.Components;

namespace Portal.Operations.Telemetry;

/// <summary>What the metrics say, in words, for who reads no metrics.</summary>
public sealed partial class FiguresSection(TimeProvider clock) : LookedAt(clock)
{
    private IReadOnlyList<(string About, IReadOnlyList<Figure> Figures)>? _rooms;

    [Inject]
    private IEnumerable<IRoomFigures> Rooms { get; set; } = null!;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var room in Rooms)
        {
            await room.ReadAsync(cancellationToken);
        }

        _rooms = [.. Rooms.OrderBy(room => room.About, StringComparer.Ordinal).Select(room => (room.About, room.Now()))];
    }
}
