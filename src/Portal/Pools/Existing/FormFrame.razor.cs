using Microsoft.AspNetCore.Components;
using Portal.Access;
using Portal.Changes;
using Portal.Controls;

namespace Portal.Pools.Existing;

/// <summary>What every form about a pool looks like. What is in it comes from its page, which it takes as it is.</summary>
public sealed partial class FormFrame
{
    // Cascading, because a parameter would have to be public, and the page's state is the room's own.
    [CascadingParameter]
    private PoolFormPage Page { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public string? Intro { get; set; }

    /// <summary>What the button does: "Change size".</summary>
    [Parameter, EditorRequired]
    public string Verb { get; set; } = "";

    /// <summary>What it says while it is at it: "Changing size…".</summary>
    [Parameter, EditorRequired]
    public string VerbBusy { get; set; } = "";

    [Parameter]
    public bool IsDanger { get; set; }

    /// <summary>The name that has to be typed; null when nothing breaks.</summary>
    [Parameter]
    public string? Confirm { get; set; }

    [Parameter]
    public string ConfirmLabel { get; set; } = "Pool name";

    [Parameter]
    public RenderFragment? Fields { get; set; }

    /// <summary>What the change will do, beside the form.</summary>
    [Parameter]
    public RenderFragment? Aside { get; set; }

    [Inject]
    private LookOnly LookOnly { get; set; } = null!;

    private PoolView? View => Page.View;

    private PoolForm Form => Page.Form;

    private Refusal? Refusal => Page.Refusal;

    private CheckedChange? Preview => Page.Preview;

    private IReadOnlyList<FieldError> Errors => Page.Errors;

    private string? Trouble => Page.Trouble;

    private bool IsBusy => Page.IsBusy;

    private string PoolAddress => Page.PoolAddress;

    private string? ReasonError => Page.MistakeIn(ChangeField.Reason);

    private string? ConfirmError => Page.MistakeIn(ChangeField.Confirmation);

    private string ButtonText => (IsBusy, Preview is { Decision.NeedsReview: true, IsUrgent: false }) switch
    {
        (true, true) => "Sending…",
        (true, false) => VerbBusy,
        (false, true) => "Send for review",
        (false, false) => Verb,
    };

    private EventCallback OnSubmit => EventCallback.Factory.Create(Page, Page.SubmitAsync);

    // Received here, not by the page: this is what shows the answer.
    private Task ChooseUrgentAsync(bool isUrgent) => Page.ChangedAsync(() => Form.IsUrgent = isUrgent);

    private EventCallback<string?> OnReason => EventCallback.Factory.Create<string?>(Page, reason => Page.ChangedAsync(() => Form.Reason = reason));
}
