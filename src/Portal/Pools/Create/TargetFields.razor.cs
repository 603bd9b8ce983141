using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Pools.Create;

/// <summary>Where the pool goes: team, cluster, database and database user.</summary>
public sealed partial class TargetFields
{
    [Parameter, EditorRequired]
    public CreateForm Form { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<ClusterChoice> Clusters { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Teams { get; set; } = null!;

    [Parameter]
    public ClusterFacts? Cluster { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<FieldMistake> Mistakes { get; set; } = null!;

    /// <summary>Applies what was chosen and lets the rest of the form follow.</summary>
    [Parameter, EditorRequired]
    public EventCallback<Action> OnChanged { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnLookAgain { get; set; }

    /// <summary>What the last second look found.</summary>
    [Parameter]
    public string? LookedAgain { get; set; }

    private string? Mistake(ChangeField field) => Mistakes.FirstOrDefault(mistake => mistake.Field == field)?.Message;

    private static string? Text(ChangeEventArgs chosen) => chosen.Value is string { Length: > 0 } text ? text : null;
}
