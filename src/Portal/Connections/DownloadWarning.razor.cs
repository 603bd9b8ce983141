using Microsoft.AspNetCore.Components;

namespace Portal.Connections;

/// <summary>What a person is told before a file with a password in it comes to lie on their disk.</summary>
public sealed partial class DownloadWarning
{
    private readonly string _id = Guid.NewGuid().ToString("N")[..8];

    [Parameter]
    [EditorRequired]
    public string FileName { get; set; } = "";

    /// <summary>The database user.</summary>
    [Parameter]
    [EditorRequired]
    public string User { get; set; } = "";

    private string TitleId => $"download-{_id}";
}
