using Microsoft.AspNetCore.Components;

namespace Portal.Reviews.LookAfter;

/// <summary>Which of the pools are shown. What is chosen goes into the address, and comes back from there.</summary>
public sealed partial class CareFilters
{
    [Parameter, EditorRequired]
    public CareQuery Query { get; set; } = null!;

    [Parameter, EditorRequired]
    public CareView View { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<CareQuery> OnChanged { get; set; }

    private Task ChangeAsync(CareQuery query) => OnChanged.InvokeAsync(query with { Page = 1 });

    private static string WordOf(CareShow show) => show switch
    {
        CareShow.Due => "Due",
        CareShow.Flags => "With flags",
        _ => "All",
    };

    private static string? TextOf(ChangeEventArgs typed) => typed.Value is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static CareSort SortOf(ChangeEventArgs chosen) => Enum.TryParse<CareSort>(chosen.Value as string, out var sort) ? sort : CareSort.Look;
}
