using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>What a change wanted beside what stands at DigitalOcean, while a person has to decide between them.</summary>
public sealed partial class BothSides
{
    private static readonly IReadOnlyList<string> Labels = [.. Rows(new PoolFields(default, 1, "", null)).Select(row => row.Label)];

    [Parameter, EditorRequired]
    public PoolChange Change { get; set; } = null!;

    /// <summary>The cluster as last read; null when it is not known any more.</summary>
    [Parameter]
    public ClusterFacts? Cluster { get; set; }

    private PoolFacts? There => Cluster?.Pool(Change.PoolName);

    private IReadOnlyList<string> Asked => Change.Kind is ChangeKind.Delete ? All("no pool") : ValuesOf(Change.Fields);

    private IReadOnlyList<string> Found => There switch
    {
        null => All("no pool"),
        { Fields: { } fields } => ValuesOf(fields),
        // A mode that this version does not know is shown as DigitalOcean writes it.
        var pool => [pool.ModeText, .. ValuesOf(new PoolFields(default, pool.Size, pool.Database, pool.User)).Skip(1)],
    };

    /// <summary>What it comes to, in one sentence.</summary>
    private string Meaning => (Change.Kind, There) switch
    {
        (ChangeKind.Delete, null) => $"{Change.PoolName} is gone, as was asked for.",
        (_, null) => $"There is no pool named {Change.PoolName} on {Change.ClusterName}.",
        (ChangeKind.Delete, { Fields: { } fields }) when fields == Change.BeforeFields => $"{Change.PoolName} still stands as it was.",
        (not ChangeKind.Delete, { Fields: { } fields }) when fields == Change.Fields => $"{Change.PoolName} stands there as it was asked for.",
        (_, { Fields: { } fields }) when fields == Change.BeforeFields => $"{Change.PoolName} stands there as it was before.",
        _ => $"What stands there as {Change.PoolName} is neither what was asked for nor what was there before.",
    };

    private static IReadOnlyList<string> ValuesOf(PoolFields fields) => [.. Rows(fields).Select(row => row.After)];

    private static IReadOnlyList<string> All(string word) => [.. Labels.Select(_ => word)];

    private static IEnumerable<(string Label, string Before, string After)> Rows(PoolFields fields) => FieldWords.Rows(fields, fields);
}
