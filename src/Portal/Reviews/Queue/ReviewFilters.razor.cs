using Microsoft.AspNetCore.Components;
using Portal.Changes;

namespace Portal.Reviews.Queue;

/// <summary>What of the reviews is shown. It changes nothing by itself: what is chosen goes into the address, and comes back from there.</summary>
public sealed partial class ReviewFilters
{
    private static readonly IReadOnlyList<string> Kinds = [.. Enum.GetValues<ChangeKind>().Select(ChangeWords.Of)];

    [Parameter, EditorRequired]
    public ReviewQuery Query { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Teams { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<ReviewQuery> OnChanged { get; set; }

    private Task ChangeAsync(ReviewQuery query) => OnChanged.InvokeAsync(query with { Page = 1 });

    private static string? WordOf(ChangeKind? kind) => kind is { } chosen ? ChangeWords.Of(chosen) : null;

    private static ChangeKind? KindOf(string? word) =>
        Enum.GetValues<ChangeKind>().Where(kind => ChangeWords.Of(kind) == word).Select(kind => (ChangeKind?)kind).FirstOrDefault();
}
