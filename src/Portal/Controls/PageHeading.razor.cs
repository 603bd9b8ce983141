using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>The heading of a page, the title of its tab, and at the right what most people come for. Navigation to another page puts the focus on it.</summary>
public sealed partial class PageHeading
{
    private ElementReference _heading;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the tab says instead, where it should say how things stand: "Done: checkout-app". Default: the title.</summary>
    [Parameter]
    public string? TabTitle { get; set; }

    [Parameter]
    public string? Intro { get; set; }

    /// <summary>The form on this page was refused: the tab says so.</summary>
    [Parameter]
    public bool HasErrors { get; set; }

    /// <summary>The page changes into another one at its own address, which no navigation tells: the new heading takes the focus itself.</summary>
    [Parameter]
    public bool TakesFocus { get; set; }

    /// <summary>One or two buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Tab => $"{(HasErrors ? "Error: " : null)}{TabTitle ?? Title} · Pool Portal";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && TakesFocus)
        {
            await _heading.FocusAsync();
        }
    }
}
