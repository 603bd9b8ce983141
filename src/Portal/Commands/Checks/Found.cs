namespace Portal.Commands;

/// <summary>What a look at one thing has shown.</summary>
/// <param name="What">The thing, in few words.</param>
/// <param name="Words">What is so; when it is wrong, with what to do about it. Never a secret.</param>
internal sealed record Found(Verdict Verdict, string What, string Words)
{
    public static Found Good(string what, string words) => new(Verdict.Good, what, words);

    public static Found Note(string what, string words) => new(Verdict.Note, what, words);

    public static Found Wrong(string what, string words) => new(Verdict.Wrong, what, words);
}

internal enum Verdict
{
    Good,

    /// <summary>Not tried, or good to know.</summary>
    Note,

    /// <summary>The portal would start without it, or not at all, and people would miss it.</summary>
    Wrong,
}
