using Portal.Changes;

namespace Portal.Reviews.LookAfter;

/// <summary>What the pages of looking after say, in one place.</summary>
internal static class CareWords
{
    public static string Heading(CareStep step, IReadOnlyList<ChosenPool> pools) => $"{Verb(step)} {Pools(pools)}";

    /// <summary>"storefront", or "3 pools".</summary>
    public static string Pools(IReadOnlyList<ChosenPool> pools) => pools is [var only] ? only.Key.Name : $"{pools.Count} pools";

    public static string Verb(CareStep step) => step switch
    {
        CareStep.Shrink => "Shrink",
        CareStep.HandOver => "Hand over",
        CareStep.EndDate => "Set the end date of",
        _ => "Delete",
    };

    /// <summary>The word of the list for who chose nothing yet.</summary>
    public static string Button(CareStep step) => step switch
    {
        CareStep.Shrink => "Shrink…",
        CareStep.HandOver => "Hand over…",
        CareStep.EndDate => "End date…",
        _ => "Delete…",
    };

    /// <summary>The id of a field's control, which the error summary links to.</summary>
    public static string IdOf(ChangeField field) => $"care-{field.ToString().ToLowerInvariant()}";

    /// <summary>The id of the field for a pool's new size.</summary>
    public static string SizeId(int number) => $"care-size-{number}";
}
