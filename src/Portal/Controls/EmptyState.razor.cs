using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>In the place of a list that has nothing in it: what would be here, and the first step, or the one click that clears a filter.</summary>
public sealed partial class EmptyState
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public IconName Picture { get; set; } = IconName.Pool;

    /// <summary>A paragraph or two.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The button or link that leads on.</summary>
    [Parameter]
    public RenderFragment? Action { get; set; }
}
