using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.Connections;

namespace Portal.Pools.Delete;

/// <summary>The end of a pool: what breaks, who has its connection, its name to be typed.</summary>
public sealed partial class DeletePage
{
    private IReadOnlyList<HandedOutTo> _given = [];

    [Inject]
    private ConnectionHistory History { get; set; } = null!;

    private protected override ChangeKind Kind => ChangeKind.Delete;

    private protected override async Task ReadMoreAsync() => _given = await History.ListAsync(ClusterId, [Name], user: null, Gone);
}
