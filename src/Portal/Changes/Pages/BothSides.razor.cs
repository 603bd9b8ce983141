using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>What a change wanted beside what stands at DigitalOcean, while a person has to decide between them.</summary>
/// <remarks>Nothing for a new password: nothing that can be read shows it.</remarks>
public sealed partial class BothSides
{
    private const string None = "-";

    [Parameter, EditorRequired]
    public PoolChange Change { get; set; } = null!;

    /// <summary>The cluster as last read; null when it is not known any more.</summary>
    [Parameter]
    public ClusterFacts? Cluster { get; set; }

    private PoolFacts? There => Cluster?.Pool(Change.PoolName);

    private IEnumerable<Row> Rows
    {
        get
        {
            var asked = Change.Kind is ChangeKind.Delete ? null : Change.Fields;
            var before = Change.Kind is ChangeKind.Delete ? null : Change.BeforeFields;
            yield return new Row("Pool", before is null ? null : "there", asked is null ? "deleted" : "there", There is null ? "not there" : "there", IsSame: (asked is null) == (There is null));
            var names = FieldWords.Rows(Change.Fields, Change.Fields).Select(row => row.Label);
            foreach (var ((label, was, wanted), found) in names.Zip(Values(before), (label, was) => (label, was)).Zip(Values(asked), (left, wanted) => (left.label, left.was, wanted)).Zip(ValuesThere()))
            {
                yield return new Row(label, before is null ? null : was, wanted, found, IsSame: asked is null || There is null || wanted == found);
            }
        }
    }

    /// <summary>What it comes to.</summary>
    private string Meaning => (Change.Kind, There) switch
    {
        (ChangeKind.Delete, null) => "It is gone, as was asked for.",
        (ChangeKind.Delete, _) => "It still stands.",
        (_, null) => "There is no pool of this name.",
        (_, { Fields: { } fields }) when fields == Change.Fields => "It stands there as it was asked for.",
        (_, { Fields: { } fields }) when fields == Change.BeforeFields => "It stands there as it was before.",
        _ => "What stands there is neither what was asked for nor what was there before.",
    };

    private static IEnumerable<string> Values(PoolFields? fields) =>
        fields is null ? [None, None, None, None] : FieldWords.Rows(fields, fields).Select(row => row.After);

    private IEnumerable<string> ValuesThere() => There switch
    {
        null => Values(null),
        { Fields: { } fields } => Values(fields),
        // A mode that this version does not know is shown as DigitalOcean writes it.
        var pool => [pool.ModeText, .. Values(new PoolFields(default, pool.Size, pool.Database, pool.User)).Skip(1)],
    };

    private sealed record Row(string Label, string? Before, string Asked, string There, bool IsSame);
}
