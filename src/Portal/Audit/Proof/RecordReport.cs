namespace Portal.Audit;

/// <summary>What is wrong with a record.</summary>
internal enum FindingKind
{
    /// <summary>A row does not say what its own hash was made of.</summary>
    Changed,

    /// <summary>A row is not there, and later ones are.</summary>
    Missing,

    /// <summary>A row stands at another place, or twice.</summary>
    Reordered,

    /// <summary>Rows at the beginning or the end are gone.</summary>
    Cut,

    /// <summary>Rows were made anew with hashes that fit them.</summary>
    Rewritten,

    /// <summary>A signature, or what it is over, is not right.</summary>
    Signature,

    /// <summary>A line that nobody can read.</summary>
    Unreadable,
}

/// <param name="Row">The first row that it is about.</param>
/// <param name="Words">A sentence.</param>
internal sealed record RecordFinding(long Row, FindingKind Kind, string Words);

/// <summary>What a verification found out.</summary>
internal sealed record RecordReport
{
    /// <summary>The number of the first row that there should be.</summary>
    public required long First { get; init; }

    /// <summary>The number of the last row; one less than <see cref="First"/> when there is none.</summary>
    public required long Last { get; init; }

    public required long Rows { get; init; }

    /// <summary>Only a part of the rows was there, by a filter: each is checked by itself, and none can be missed.</summary>
    public required bool IsPart { get; init; }

    /// <summary>Up to this row nothing was touched, by something outside of the rows; 0 when nothing outside speaks for them.</summary>
    public required long ProvedThrough { get; init; }

    /// <summary>What speaks for <see cref="ProvedThrough"/>: "a head outside", "a checkpoint", "the signature of the file"; null when nothing does.</summary>
    public required string? ProvedBy { get; init; }

    /// <summary>Checkpoints with a good signature.</summary>
    public required int Checkpoints { get; init; }

    /// <summary>Checkpoints that nobody could check, for want of a key.</summary>
    public required int UncheckedCheckpoints { get; init; }

    /// <summary>What is wrong, in the order in which it was found; the first hundred.</summary>
    public required IReadOnlyList<RecordFinding> Findings { get; init; }

    public required int FindingCount { get; init; }

    public bool IsWhole => FindingCount == 0;

    /// <summary>The first row that was touched.</summary>
    public RecordFinding? FirstFinding => Findings.MinBy(finding => finding.Row);

    /// <summary>What cannot be said of the rest, in a sentence; null when everything is proved.</summary>
    public string? NotProved => !IsWhole || IsPart || ProvedThrough >= Last || Rows == 0
        ? null
        : $"{Range(Math.Max(First, ProvedThrough + 1), Last)} fit{(Math.Max(First, ProvedThrough + 1) == Last ? "s" : "")} the chain, but nothing outside speaks for {(Math.Max(First, ProvedThrough + 1) == Last ? "it" : "them")} yet.";

    public static string Range(long first, long last) => first == last ? $"Row {first}" : $"Rows {first} to {last}";
}
