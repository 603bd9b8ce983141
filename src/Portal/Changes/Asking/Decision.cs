using Portal.Access;

namespace Portal.Changes;

/// <summary>One limit of the policy, and what it says of a request.</summary>
/// <param name="Field">The field that the limit is about.</param>
/// <param name="Words">A part of a sentence: what keeps the limit or is above it. For <see cref="LimitAnswer.Never"/> a sentence without its end: what to do.</param>
public sealed record PolicyCheck(ChangeField Field, LimitAnswer Answer, string Words);

/// <summary>What the policy says of a request that is possible: at once, after a review, or never, and why.</summary>
/// <param name="Words">All of it in one part of a sentence.</param>
/// <param name="Checks">Every limit that was asked, in the order of the form.</param>
public sealed record Decision(LimitAnswer Answer, string Words, IReadOnlyList<PolicyCheck> Checks)
{
    public bool NeedsReview => Answer is LimitAnswer.Review;

    /// <summary>Each a part of a sentence: what is above the rules, for a lead to decide.</summary>
    public IReadOnlyList<string> Reasons => [.. Checks.Where(check => check.Answer is LimitAnswer.Review).Select(check => check.Words)];

    /// <summary>What no lead can allow, as mistakes of the form.</summary>
    public IReadOnlyList<FieldMistake> Mistakes => [.. Checks.Where(check => check.Answer is LimitAnswer.Never).Select(check => new FieldMistake(check.Field, check.Words))];

    /// <summary>The words as the beginning of a sentence, without its end.</summary>
    public string Sentence => $"{char.ToUpperInvariant(Words[0])}{Words[1..]}";

    public static Decision Of(string team, IReadOnlyList<PolicyCheck> checks)
    {
        var answer = checks.Select(check => check.Answer).DefaultIfEmpty(LimitAnswer.AtOnce).Max();
        var words = answer is LimitAnswer.AtOnce
            ? $"within the limits of {team}"
            : string.Join("; ", checks.Where(check => check.Answer == answer).Select(check => check.Words));
        return new Decision(answer, words, checks);
    }
}
