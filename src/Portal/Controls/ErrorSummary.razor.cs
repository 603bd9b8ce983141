using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>
/// What keeps a form from being sent, at the top of the page. Each new list takes the focus: give it a new list with every attempt,
/// and the title of the page the prefix "Error: " (<see cref="PageHeading.HasErrors"/>).
/// </summary>
public sealed partial class ErrorSummary(NavigationManager navigation)
{
    private ElementReference _summary;
    private IReadOnlyList<FieldError>? _focused;

    [Parameter, EditorRequired]
    public required IReadOnlyList<FieldError> Errors { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Errors.Count > 0 && !ReferenceEquals(Errors, _focused))
        {
            _focused = Errors;
            await _summary.FocusAsync();
        }
    }

    // The page has a base address, so a bare fragment would lead away from it. js/frame.js moves the focus without following the link.
    private string AddressOf(string fieldId) => $"{navigation.Uri.Split('#')[0]}#{fieldId}";
}

/// <summary>One thing to put right.</summary>
/// <param name="FieldId">The id of the control; null when it is about the form as a whole.</param>
/// <param name="Message">What to do, in the same words as beside the field.</param>
public sealed record FieldError(string? FieldId, string Message);
