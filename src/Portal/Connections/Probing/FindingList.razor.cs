using Microsoft.AspNetCore.Components;
using Portal.Controls;

namespace Portal.Connections.Probing;

/// <summary>The findings of one test, each with an icon, a word and what to do.</summary>
public sealed partial class FindingList
{
    [CascadingParameter]
    private ProbeReport Report { get; set; } = null!;

    [Parameter]
    [EditorRequired]
    public DateTimeOffset At { get; set; }

    private IEnumerable<Finding> Told => Report.Findings.Where(finding => !IsUntold(finding));

    /// <summary>What was not come to, in one line instead of many grey ones.</summary>
    private List<string> Untold => [.. Report.Findings.Where(IsUntold).Select(finding => finding.Title.StartsWith("TLS", StringComparison.Ordinal) || finding.Title.StartsWith("Postgre", StringComparison.Ordinal) ? finding.Title : char.ToLowerInvariant(finding.Title[0]) + finding.Title[1..])];

    private static bool IsUntold(Finding finding) => finding is { State: FindingState.NotTested, Words: "" };

    private static StatusKind KindOf(FindingState state) => state switch
    {
        FindingState.Ok => StatusKind.Success,
        FindingState.Warning => StatusKind.Warning,
        FindingState.Failed => StatusKind.Danger,
        _ => StatusKind.Neutral,
    };
}
