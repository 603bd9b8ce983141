using Microsoft.AspNetCore.Components;

namespace Portal.Reviews.LookAfter;

/// <summary>The buttons for many pools at once.</summary>
public sealed partial class CareBar
{
    [Parameter, EditorRequired]
    public int Count { get; set; }

    [Parameter, EditorRequired]
    public CareAllowed Allowed { get; set; } = null!;

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnKeep { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<CareStep> OnStep { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnNone { get; set; }

    private string CountWords => (Count, Allowed.Care) switch
    {
        (0, true) => "Choose pools to keep, shrink, hand over or delete them.",
        (0, false) => "Choose pools to hand them over.",
        (1, _) => "1 pool chosen",
        _ => $"{Count} pools chosen",
    };

    private IEnumerable<CareStep> Steps => Enum.GetValues<CareStep>().Where(step => step is CareStep.HandOver ? Allowed.HandOver : Allowed.Care);
}
