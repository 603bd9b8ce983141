using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>How something stands: an icon and a word, so that nothing hangs on the colour.</summary>
public sealed partial class StatusWord
{
    [Parameter, EditorRequired]
    public required StatusKind Kind { get; set; }

    /// <summary>One or two words in lower case, as a list has them: "live", "waiting for review".</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    private IconName Picture => Kind switch
    {
        StatusKind.Success => IconName.CheckCircle,
        StatusKind.Busy => IconName.Busy,
        StatusKind.Waiting => IconName.Clock,
        StatusKind.Warning => IconName.Warning,
        StatusKind.Danger => IconName.CrossCircle,
        _ => IconName.Dash,
    };
}

public enum StatusKind
{
    /// <summary>As it should be.</summary>
    Success,

    /// <summary>The portal is at work on it.</summary>
    Busy,

    /// <summary>Somebody has to do something.</summary>
    Waiting,

    /// <summary>It works, but somebody should look.</summary>
    Warning,

    /// <summary>It did not work.</summary>
    Danger,

    /// <summary>Neither good nor bad: unmanaged, withdrawn, declined.</summary>
    Neutral,
}
