using System.Globalization;

namespace Portal.Connections.Probing;

/// <summary>The findings of one test while it goes on, in whatever order they come.</summary>
internal sealed class ProbeNotes
{
    private readonly Dictionary<ProbeStep, Finding> _findings = [];
    private string? _shortly;

    public PreparedStatements? Prepared { get; set; }

    public InUse? InUse { get; set; }

    public void Add(Finding finding) => _findings[finding.Step] = finding;

    public void Ok(ProbeStep step, string words) => Add(new Finding(step, FindingState.Ok, words));

    public void NotTested(ProbeStep step, string words) => Add(new Finding(step, FindingState.NotTested, words));

    /// <summary>Where the test ended before its time.</summary>
    /// <param name="shortly">The same as a part of a sentence.</param>
    public void End(Finding finding, string shortly)
    {
        Add(finding);
        _shortly = shortly;
    }

    public void Connected(Version version, TimeSpan connecting)
    {
        Ok(ProbeStep.Version, $"Version {version}.");
        _shortly = string.Create(CultureInfo.InvariantCulture, $"connected through the pool, TLS verified, PostgreSQL {version}, {(long)connecting.TotalMilliseconds} ms");
    }

    public ProbeReport Finish()
    {
        var all = Enum.GetValues<ProbeStep>()
            .Select(step => _findings.GetValueOrDefault(step) ?? new Finding(step, FindingState.NotTested, ""))
            .ToList();
        var missing = all.Where(finding => finding is { State: FindingState.Warning, Step: ProbeStep.MayUse or ProbeStep.MayCreate }).Select(finding => finding.Words.TrimEnd('.'));
        return new ProbeReport(all)
        {
            Prepared = Prepared,
            InUse = InUse,
            Words = string.Join("; ", missing.Prepend(_shortly ?? "not tested")),
        };
    }
}
