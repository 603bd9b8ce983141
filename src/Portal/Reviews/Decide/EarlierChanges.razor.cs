using Microsoft.AspNetCore.Components;
using Portal.Changes;

namespace Portal.Reviews.Decide;

/// <summary>What was asked for before, the latest first.</summary>
public sealed partial class EarlierChanges
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Of the heading, unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PoolChange> Changes { get; set; }

    /// <summary>What is said when there is nothing.</summary>
    [Parameter, EditorRequired]
    public required string None { get; set; }
}
