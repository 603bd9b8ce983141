namespace Portal.Connections.Diagnosis;

public enum Certainty
{
    /// <summary>The text says it: no other reason gives these words, or this string.</summary>
    Certain,

    Likely,

    /// <summary>Worth a look; often right as it is.</summary>
    Possible,
}

/// <summary>One thing that is wrong, or may be: why, how to make sure, and what to change. Holds nothing of a password.</summary>
/// <param name="Title">A short sentence: what is wrong.</param>
/// <param name="Cause">Why that gives this error.</param>
/// <param name="Check">How to make sure.</param>
public sealed record Finding(Certainty Certainty, string Title, string Cause, string Check)
{
    /// <summary>What to change, for each driver that does it in its own way; the first is for all others where it has no driver's name.</summary>
    public IReadOnlyList<DriverChange> Changes { get; init; } = [];
}

/// <param name="Driver">One of <see cref="Drivers"/>.</param>
/// <param name="Text">A sentence.</param>
/// <param name="Code">As it is written; null where there is nothing to write.</param>
public sealed record DriverChange(string Driver, string Text, string? Code = null);
