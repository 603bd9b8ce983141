using Microsoft.AspNetCore.Components;
using Portal.Changes;

namespace Portal.Reviews.Decide;

/// <summary>Approve, approve with a smaller size, decline; for what was urgent, mark it as seen.</summary>
public sealed partial class DecisionForm
{
    private ElementReference _first;
    private bool _takesFocus;

    // Cascading, because a parameter would have to be public, and the page's state is the room's own.
    [CascadingParameter]
    private DecidePage Page { get; set; } = null!;

    private ReviewView View => Page.View!;

    private PoolChange Change => Page.Change;

    private DecisionText Text => Page.Text;

    private DecisionKind Form => Text.Form;

    private string? Busy => Page.IsBusy ? "true" : null;

    private string SizeHint => $"From {RulesNow.SmallestSmaller(Change)} to {View.LargestSmaller ?? Change.Size - 1}; {Change.Size} was asked for{(View.Recommended is { } recommended ? $", {recommended} is recommended" : "")}.";

    private string SizeWords => Page.Size < Change.Size && Page.Size > 0 ? $"{Page.Size}" : "this size";

    private EventCallback OnApprove => EventCallback.Factory.Create(Page, Page.ApproveAsync);

    private EventCallback OnSmaller => EventCallback.Factory.Create(Page, Page.ApproveSmallerAsync);

    private EventCallback OnDecline => EventCallback.Factory.Create(Page, Page.DeclineAsync);

    private EventCallback<Microsoft.AspNetCore.Components.Web.MouseEventArgs> OnSeen => EventCallback.Factory.Create<Microsoft.AspNetCore.Components.Web.MouseEventArgs>(Page, Page.MarkSeenAsync);

    /// <summary>The control that a mistake is in; null when it belongs to none of this form.</summary>
    internal static string? IdOf(ChangeField field) => field switch
    {
        ChangeField.Size => "size",
        ChangeField.Reason => "reason",
        ChangeField.Note => "note",
        _ => null,
    };

    private void Choose(DecisionKind form)
    {
        _takesFocus = form is not DecisionKind.Approve;
        Page.Choose(form);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What was chosen is a field that was not there before.
        if (_takesFocus)
        {
            _takesFocus = false;
            await _first.FocusAsync();
        }
    }
}
