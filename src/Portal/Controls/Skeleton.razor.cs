using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>The shape of what is on its way.</summary>
public sealed partial class Skeleton
{
    /// <summary>What is being loaded, for those who do not see the shape: "Loading pools".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>How many lines, or rows, to draw; 3 if nothing is said.</summary>
    [Parameter]
    public int Lines { get; set; } = 3;

    /// <summary>Rows of a table rather than lines of text.</summary>
    [Parameter]
    public bool IsTable { get; set; }
}
