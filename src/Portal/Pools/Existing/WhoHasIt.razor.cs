using Microsoft.AspNetCore.Components;
using Portal.Connections;

namespace Portal.Pools.Existing;

/// <summary>Who was given the connection of a pool, or of several that share a database user, the latest first.</summary>
public sealed partial class WhoHasIt
{
    private const int Most = 8;

    [Parameter, EditorRequired]
    public string Pool { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<HandedOutTo> Given { get; set; } = [];
}
