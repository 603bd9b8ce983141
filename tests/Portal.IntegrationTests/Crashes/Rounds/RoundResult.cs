namespace Portal.IntegrationTests.Crashes;

/// <summary>What a round gave: a line of the progress file.</summary>
internal sealed record RoundResult
{
    public required int Seed { get; init; }

    public required int Round { get; init; }

    public required string Engine { get; init; }

    public required KillPoint Point { get; init; }

    /// <summary>Whether the point was reached; else the portal was killed when it had nothing more to do.</summary>
    public required bool IsReached { get; init; }

    /// <summary>Changes without an end at the moment of the kill.</summary>
    public required int InFlight { get; init; }

    public required IReadOnlyList<Nuisance> Nuisances { get; init; }

    /// <summary>Changes that were taken in, each with a fault of its own.</summary>
    public required int Changes { get; init; }

    /// <summary>Changes that the portal did not take in, which therefore promised nothing.</summary>
    public required IReadOnlyList<string> Refused { get; init; }

    /// <summary>How often each kind of fault met a call, by the ledger.</summary>
    public required IReadOnlyDictionary<string, int> Faults { get; init; }

    /// <summary>How the changes ended.</summary>
    public required IReadOnlyDictionary<string, int> Ends { get; init; }

    public required IReadOnlyList<Flaw> Flaws { get; init; }

    public int SecretsFound { get; init; }

    /// <summary>What a blind client made of the same.</summary>
    public required BlindResult Blind { get; init; }
}
