namespace Portal.Connections.Probing;

/// <summary>What a test of a pool found: every step, in order. Holds no secret.</summary>
internal sealed record ProbeReport(IReadOnlyList<Finding> Findings)
{
    /// <summary>Null when it could not be seen: what an earlier test found then stays.</summary>
    public PreparedStatements? Prepared { get; init; }

    public InUse? InUse { get; init; }

    /// <summary>The report in half a sentence, for the last step of a change and for the record.</summary>
    public required string Words { get; init; }

    /// <summary>True when the pool let the portal in and answered; null when the portal cannot tell.</summary>
    public bool? Connected => Findings switch
    {
        _ when Has(FindingState.Failed) => false,
        _ when Has(FindingState.NotReachable) => null,
        _ => Of(ProbeStep.Version)?.State is FindingState.Ok ? true : null,
    };

    /// <summary>The report as it is spoken when a test ends.</summary>
    public string Spoken
    {
        get
        {
            var (failed, warnings) = (Count(FindingState.Failed), Count(FindingState.Warning));
            return this switch
            {
                _ when failed > 0 => $"Test finished: failed at \"{Findings.First(finding => finding.State is FindingState.Failed).Title}\" ({Words.Replace("failed: ", "", StringComparison.Ordinal)}).",
                _ when Has(FindingState.NotReachable) => "Test finished: the pool is not reachable from the portal.",
                _ when Connected is not true => $"Test finished: {Words}.",
                _ when warnings > 0 => $"Test finished: the pool works, with {warnings} {(warnings == 1 ? "thing" : "things")} to take care of.",
                _ => "Test finished: the pool works.",
            };
        }
    }

    public static ProbeReport NotTested(string why)
    {
        why = why.TrimEnd('.');
        return new ProbeReport([new Finding(ProbeStep.From, FindingState.NotTested, $"{char.ToUpperInvariant(why[0])}{why[1..]}.")]) { Words = $"not tested: {why}" };
    }

    public Finding? Of(ProbeStep step) => Findings.FirstOrDefault(finding => finding.Step == step);

    private bool Has(FindingState state) => Findings.Any(finding => finding.State == state);

    private int Count(FindingState state) => Findings.Count(finding => finding.State == state);
}
