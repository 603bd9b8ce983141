using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Connections;

/// <summary>A text with places that are not shown. In code, because inside <c>pre</c> every space of a template would be seen.</summary>
/// <remarks>
/// Eyes see eight dots, always eight, drawn by the style sheet; a screen reader says "password hidden"; a selection by hand
/// holds the word PASSWORD, which the dots cover.
/// </remarks>
public sealed class MaskedText : ComponentBase
{
    /// <summary>The pieces of the text; between each two of them is a password.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<string> Parts { get; set; } = [];

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (i > 0)
            {
                AddMask(builder);
            }

            builder.AddContent(10, Parts[i]);
        }
    }

    private static void AddMask(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "masked-password");
        builder.OpenElement(2, "span");
        builder.AddAttribute(3, "aria-hidden", "true");
        builder.AddContent(4, PasswordText.PlaceholderWord);
        builder.CloseElement();
        builder.CloseElement();
        builder.OpenElement(5, "span");
        builder.AddAttribute(6, "class", "masked-spoken");
        builder.AddContent(7, "password hidden");
        builder.CloseElement();
    }
}
