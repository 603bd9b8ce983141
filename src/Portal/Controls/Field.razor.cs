using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>
/// A control with its label, its hint and its error, wired for everybody: the label names the control, hint and error describe it.
/// The control itself is the child, and takes <see cref="FieldControl.Attributes"/>:
/// <c>&lt;select class="input" @attributes="field.Attributes"&gt;</c>, with <c>Context="field"</c>.
/// </summary>
public sealed partial class Field
{
    private FieldControl _control = new("", null, HasError: false);

    /// <summary>The id of the control: unique on the page, and what the error summary links to.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>One short sentence, without links: screen readers read it whole.</summary>
    [Parameter]
    public string? Hint { get; set; }

    /// <summary>A hint that needs markup.</summary>
    [Parameter]
    public RenderFragment? HintContent { get; set; }

    /// <summary>What to do, in the words of the error summary; null when there is nothing to say.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Optional { get; set; }

    /// <summary>The child is a set of radios or check boxes: it becomes a fieldset, and the label its legend. Give the first of them the id.</summary>
    [Parameter]
    public bool IsGroup { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<FieldControl> ChildContent { get; set; }

    private bool HasHint => Hint is not null || HintContent is not null;

    private string? ErrorClass => Error is null ? null : "has-error";

    protected override void OnParametersSet()
    {
        string[] described = [.. HasHint ? [$"{Id}-hint"] : Array.Empty<string>(), .. Error is not null ? [$"{Id}-error"] : Array.Empty<string>()];
        _control = new FieldControl(Id, described.Length == 0 ? null : string.Join(' ', described), HasError: Error is not null);
    }
}

/// <summary>What the control inside a <see cref="Field"/> has to carry.</summary>
/// <param name="Id">Its id; also a good name for radios.</param>
/// <param name="DescribedBy">The ids of hint and error.</param>
public sealed record FieldControl(string Id, string? DescribedBy, bool HasError)
{
    /// <summary>id, aria-describedby and aria-invalid, for <c>@attributes</c>.</summary>
    public IReadOnlyDictionary<string, object> Attributes { get; } = Collect(Id, DescribedBy, HasError);

    private static Dictionary<string, object> Collect(string id, string? describedBy, bool hasError)
    {
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal) { ["id"] = id };
        if (describedBy is not null)
        {
            attributes["aria-describedby"] = describedBy;
        }

        if (hasError)
        {
            attributes["aria-invalid"] = "true";
        }

        return attributes;
    }
}
