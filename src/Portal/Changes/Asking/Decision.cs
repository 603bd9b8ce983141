namespace Portal.Changes;

/// <summary>What the policy says of a request that is possible: at once, or after a review, and why.</summary>
/// <param name="Reasons">Each a part of a sentence. For a review: what is above the rules. Empty otherwise.</param>
public sealed record Decision(bool NeedsReview, string Words, IReadOnlyList<string> Reasons)
{
    /// <summary>The words as the beginning of a sentence, without its end.</summary>
    public string Sentence => $"{char.ToUpperInvariant(Words[0])}{Words[1..]}";

    public static Decision AtOnce(string team) => new(false, $"within the limits of {team}", []);

    public static Decision AfterReview(IReadOnlyList<string> reasons) => new(true, string.Join("; ", reasons), reasons);
}
