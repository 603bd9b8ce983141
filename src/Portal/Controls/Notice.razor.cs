using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>Something the page has to say before or after the rest: what happened, and what to do.</summary>
public sealed partial class Notice
{
    [Parameter, EditorRequired]
    public required NoticeKind Kind { get; set; }

    /// <summary>The sentence in bold. Default: the word of the kind ("Note", "Done", "Take care", "There is a problem").</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Spoken when it appears, because it answers something that was just done. Leave off for what the page opens with.</summary>
    [Parameter]
    public bool Announce { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string? Role => (Announce, Kind) switch
    {
        (false, _) => null,
        (true, NoticeKind.Error) => "alert",
        (true, _) => "status",
    };

    private IconName Picture => Kind switch
    {
        NoticeKind.Success => IconName.CheckCircle,
        NoticeKind.Warning => IconName.Warning,
        NoticeKind.Error => IconName.CrossCircle,
        _ => IconName.Info,
    };

    private string Word => Kind switch
    {
        NoticeKind.Success => "Done",
        NoticeKind.Warning => "Take care",
        NoticeKind.Error => "There is a problem",
        _ => "Note",
    };
}

public enum NoticeKind
{
    Info,
    Success,
    Warning,
    Error,
}
