using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>How much of a cluster's budget of server connections is used: by other pools, by this one, and what is free.</summary>
public sealed partial class BudgetBar
{
    private readonly string _id = $"budget-{Guid.NewGuid():N}";
    private BudgetText _text = BudgetText.Of(0, 0, null, isPlan: false);
    private IReadOnlyList<Part> _parts = [];
    private int _taken;

    /// <summary>Server connections of all other pools.</summary>
    [Parameter, EditorRequired]
    public required int Others { get; set; }

    /// <summary>Server connections that approved changes of other pools will add.</summary>
    [Parameter]
    public int OnTheWay { get; set; }

    /// <summary>Server connections of the pool that the page is about, or those it will have; 0 where there is none.</summary>
    [Parameter]
    public int This { get; set; }

    /// <summary>Server connections that the pool has now, where <see cref="This"/> is what it will have; 0 for a new one.</summary>
    [Parameter]
    public int Before { get; set; }

    /// <summary>The cluster's budget; null when it is not known.</summary>
    [Parameter, EditorRequired]
    public required int? Limit { get; set; }

    /// <summary>The pool does not exist yet, or not with this size: the text says what will be, "52 → 57 of 97 used".</summary>
    [Parameter]
    public bool IsPlan { get; set; }

    /// <summary>Bar and text in one line, for lists.</summary>
    [Parameter]
    public bool Inline { get; set; }

    /// <summary>Below the bar, what each of its parts is and how many connections it has.</summary>
    [Parameter]
    public bool HasKey { get; set; }

    protected override void OnParametersSet()
    {
        _text = BudgetText.Of(Others, This, Limit, IsPlan, OnTheWay, Before);
        _taken = Others + OnTheWay + This;
        _parts = [.. Parts().Where(part => part.Size > 0)];
    }

    // From left to right, each beginning where the one before it ends. Told apart by pattern, not by colour alone.
    private IEnumerable<Part> Parts()
    {
        var over = _text.IsOver ? " over" : "";
        var kept = Math.Min(Before, This);
        var grown = This - kept;
        var back = Before - kept;
        var start = Others + OnTheWay;
        yield return new("others", 0, Others, null, $"{Others} by other pools");
        yield return new("coming", Others, OnTheWay, $"url(#{_id}-coming)", $"{OnTheWay} on the way for other changes");
        yield return new($"kept{over}", start, kept, null, $"{kept} by this pool now");
        yield return new($"this{over}", start + kept, grown, $"url(#{_id})", Before > 0 ? $"{grown} more for this pool" : $"{grown} {(IsPlan ? "for" : "by")} this pool");
        yield return new("back", start + kept, back, $"url(#{_id}-back)", $"{back} given back, and free again");
    }

    // What is beyond the end is not drawn: some browsers would let it count for the width of the page.
    private string Share(int connections) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100m, 100m * connections / Limit!.Value):0.##}%");

    private sealed record Part(string Class, int From, int Size, string? Pattern, string Words);
}
