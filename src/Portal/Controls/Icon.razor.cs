using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>A picture beside a word. It is hidden from assistive technology: the word beside it says what it means.</summary>
public sealed partial class Icon
{
    [Parameter, EditorRequired]
    public required IconName Name { get; set; }

    [Parameter]
    public string? Class { get; set; }
}

public enum IconName
{
    Check,
    CheckCircle,
    Cross,
    CrossCircle,
    Warning,
    Info,
    Clock,
    Busy,
    Circle,
    Dash,
    Copy,
    Download,
    Eye,
    EyeOff,
    Refresh,
    Search,
    Plus,
    More,
    ChevronDown,
    ArrowRight,
    Lock,
    Door,
    Person,
    Compass,
    Moon,
    Sun,
    Pool,
    Sandbox,
}
