using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>How much of a cluster's budget of server connections is used: by other pools, by this one, and what is free.</summary>
public sealed partial class BudgetBar
{
    private readonly string _pattern = $"budget-{Guid.NewGuid():N}";
    private BudgetText _text = BudgetText.Of(0, 0, null, isPlan: false);

    /// <summary>Server connections of all other pools.</summary>
    [Parameter, EditorRequired]
    public required int Others { get; set; }

    /// <summary>Server connections of the pool that the page is about; 0 where there is none.</summary>
    [Parameter]
    public int This { get; set; }

    /// <summary>The cluster's budget; null when it is not known.</summary>
    [Parameter, EditorRequired]
    public required int? Limit { get; set; }

    /// <summary>The pool does not exist yet, or not with this size: the text says what will be, "52 → 57 of 97 used".</summary>
    [Parameter]
    public bool IsPlan { get; set; }

    /// <summary>Bar and text in one line, for lists.</summary>
    [Parameter]
    public bool Inline { get; set; }

    protected override void OnParametersSet() => _text = BudgetText.Of(Others, This, Limit, IsPlan);

    private string Share(int connections) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100m, 100m * connections / Limit!.Value):0.##}%");
}
