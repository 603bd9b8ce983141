using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Reviews.Queue;

/// <summary>Requests in a list, with what each would do to its cluster.</summary>
public sealed partial class ReviewTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<PoolChange> Changes { get; set; }

    /// <summary>What the list is, for those who do not see what stands around it.</summary>
    [Parameter, EditorRequired]
    public required string Caption { get; set; }

    /// <summary>What stands below the rows.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private InventoryBoard Board { get; set; } = null!;

    private static string EffectOf(PoolChange change)
    {
        var size = (change.Kind, change.AskedSize) switch
        {
            (ChangeKind.Create, null) => $"+{change.Size}",
            (ChangeKind.Create, { } asked) => $"+{change.Size} of {asked}",
            (ChangeKind.Resize, null) => $"size {change.BeforeFields?.Size} → {change.Size}",
            (ChangeKind.Resize, { } asked) => $"size {change.BeforeFields?.Size} → {change.Size} of {asked}",
            (ChangeKind.Delete, _) => $"−{change.Size}",
            _ => null,
        };
        return size ?? change.Kind switch
        {
            ChangeKind.Edit when change.BeforeFields is { } before => string.Join(", ", FieldWords.Rows(before, change.Fields)
                .Where(row => row.Before != row.After)
                .Select(row => $"{row.Label.ToLower(CultureInfo.InvariantCulture)} {row.Before} → {row.After}")),
            ChangeKind.Adopt => $"for {change.Team}",
            ChangeKind.ResetPassword => $"of {change.User}",
            _ => "",
        };
    }

    /// <summary>What it would make of the cluster's budget, as the inventory in memory has it; null for what does not wait, or takes nothing.</summary>
    private string? BudgetOf(PoolChange change)
    {
        if (change.State is not ChangeState.WaitingForReview
            || change.Kind is not (ChangeKind.Create or ChangeKind.Resize or ChangeKind.Delete)
            || Board.View.Find(change.ClusterId) is not { Budget: { } budget } cluster)
        {
            return null;
        }

        var own = change.BeforeFields?.Size ?? 0;
        var after = cluster.Used - own + (change.Kind is ChangeKind.Delete ? 0 : change.Size);
        return string.Create(CultureInfo.InvariantCulture, $"{cluster.Used} → {after} of {budget} used");
    }
}
