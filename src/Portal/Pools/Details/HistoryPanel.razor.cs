using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Changes;

namespace Portal.Pools.Details;

/// <summary>What was asked for of a pool, newest first.</summary>
public sealed partial class HistoryPanel
{
    [Parameter, EditorRequired]
    public IReadOnlyList<PoolChange> Changes { get; set; } = [];

    /// <summary>What is different afterwards: "size 5 → 9".</summary>
    private static string Words(PoolChange change) => change.BeforeFields is { } before
        ? string.Join(", ", FieldWords.Rows(before, change.Fields)
            .Where(row => row.Before != row.After)
            .Select(row => $"{row.Label.ToLower(CultureInfo.InvariantCulture)} {row.Before} → {row.After}"))
        : FieldWords.Of(change.Fields);
}
