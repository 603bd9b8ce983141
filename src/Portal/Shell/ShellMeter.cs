using System.Diagnostics.Metrics;
using Portal.Operations.Telemetry;

namespace Portal.Shell;

/// <summary>How many pages are open in this process, of how many people, and how many were one too many.</summary>
internal sealed class ShellMeter : IRoomFigures
{
    private readonly OpenPages _pages;

    public ShellMeter(IMeterFactory meters, OpenPages pages)
    {
        _pages = pages;
        var meter = meters.Create("Portal.Shell");
        meter.CreateObservableGauge("pool_portal.pages.open", () => (long)pages.Count, "{page}", "Open pages, each with its circuit.");
        meter.CreateObservableGauge("pool_portal.people", () => (long)pages.People, "{person}", "People who have a page open.");
        meter.CreateObservableCounter("pool_portal.pages.refused", () => pages.Refused, "{page}", "Pages that were refused because their person had too many open.");
    }

    public string About => "Open pages";

    public IReadOnlyList<Figure> Now() =>
    [
        new Figure("Pages", FigureWords.Count(_pages.Count)),
        new Figure("People", FigureWords.Count(_pages.People)),
        new Figure("Refused: too many of one person", FigureWords.Count(_pages.Refused)),
    ];
}
