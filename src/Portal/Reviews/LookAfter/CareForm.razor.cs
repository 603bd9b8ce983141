using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.Controls;

namespace Portal.Reviews.LookAfter;

/// <summary>What is done with the chosen pools, before it is done: the fields, beside them which pools they are.</summary>
public sealed partial class CareForm
{
    [Parameter, EditorRequired]
    public CareStep Step { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<ChosenPool> Chosen { get; set; } = [];

    [Parameter, EditorRequired]
    public CareDraft Draft { get; set; } = null!;

    [Parameter, EditorRequired]
    public CareChoices Choices { get; set; } = null!;

    [Parameter]
    public IReadOnlyList<FieldError> Errors { get; set; } = [];

    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>The address of the list.</summary>
    [Parameter, EditorRequired]
    public string Back { get; set; } = "";

    /// <summary>Another team was chosen: its people are the owners to choose from.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string?> OnTeam { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    private string ButtonText => (IsBusy, Step) switch
    {
        (true, _) => "At it…",
        (_, CareStep.Shrink) => $"Shrink {CareWords.Pools(Chosen)}",
        (_, CareStep.HandOver) => $"Hand over {CareWords.Pools(Chosen)}",
        (_, CareStep.EndDate) => "Set end date",
        _ => $"Delete {CareWords.Pools(Chosen)}",
    };

    private string? ErrorOf(ChangeField field) => Errors.FirstOrDefault(error => error.FieldId == CareWords.IdOf(field))?.Message;

    private static string? TextOf(ChangeEventArgs chosen) => chosen.Value is string { Length: > 0 } text ? text : null;
}
