using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>
/// Copies a text that is no secret: it is in the page for everybody to read. A connection with its password has a way of its own.
/// Where the browser refuses, the text is shown, selected, to be copied by hand.
/// </summary>
public sealed partial class CopyButton
{
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What the text is: "Host". The button is announced as "Copy host".</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What is said afterwards. Default: "Host copied."</summary>
    [Parameter]
    public string? Copied { get; set; }

    // Only the first letter: "CA certificate" stays what it is.
    private string LowerName => Name.Length > 1 && char.IsUpper(Name[1]) ? Name : char.ToLowerInvariant(Name[0]) + Name[1..];
}
