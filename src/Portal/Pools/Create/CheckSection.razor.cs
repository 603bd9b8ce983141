using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Changes;

namespace Portal.Pools.Create;

/// <summary>What will happen, drawn from the checked request alone.</summary>
public sealed partial class CheckSection
{
    [Parameter, EditorRequired]
    public CheckedChange Request { get; set; } = null!;

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    [Inject]
    private LookOnly LookOnly { get; set; } = null!;

    private string Verb => (IsBusy, Request.Decision.NeedsReview) switch
    {
        (false, false) => "Create pool",
        (false, true) => "Send for review",
        (true, false) => "Creating pool…",
        (true, true) => "Sending…",
    };

    private IEnumerable<(string Label, string Value, ChangeField Field)> Rows =>
    [
        ("Team", Request.Team, ChangeField.Team),
        ("Cluster", Request.Cluster.Facts.Name, ChangeField.Cluster),
        ("Database", Request.Fields.Database, ChangeField.Database),
        ("Database user", Request.Fields.User ?? "Inbound user", ChangeField.User),
        ("Mode", Request.Fields.Mode.ToString(), ChangeField.Mode),
        ("Pool size", Request.Fields.Size.ToString(CultureInfo.InvariantCulture), ChangeField.Size),
        ("Pool name", Request.Name, ChangeField.Name),
        ("Reason", Request.Reason ?? "none", ChangeField.Reason),
        ("Wanted until", Request.EndsAt is { } end ? EndDate.Words(end) : "no end", ChangeField.EndsOn),
    ];
}
