using Microsoft.AspNetCore.Components;

namespace Portal.Connections;

/// <summary>What can be done with the text of a connection.</summary>
public sealed partial class ConnectionButtons
{
    /// <summary>What the text is called as a file; null for a text that is no file by itself.</summary>
    [Parameter]
    [EditorRequired]
    public string? FileName { get; set; }

    /// <summary>The database user.</summary>
    [Parameter]
    [EditorRequired]
    public string User { get; set; } = "";
}
