using System.Diagnostics.Metrics;
using Portal.DigitalOcean;
using Portal.Operations.Telemetry;

namespace Portal.Connections;

/// <summary>How many connections were handed out, and why others were not.</summary>
internal sealed class ConnectionsMeter : IRoomFigures
{
    private readonly Tally _handedOut = new("purpose", "use");
    private readonly Tally _refused = new("reason");

    public ConnectionsMeter(IMeterFactory meters)
    {
        foreach (var purpose in Enum.GetValues<ConnectionPurpose>())
        {
            foreach (var use in Enum.GetValues<ConnectionUse>())
            {
                _handedOut.Expect(FigureWords.Label(purpose), FigureWords.Label(use));
            }
        }

        foreach (var reason in Enum.GetValues<NotHandedOutKind>())
        {
            _refused.Expect(FigureWords.Label(reason));
        }

        var meter = meters.Create("Portal.Connections");
        meter.CreateObservableCounter("pool_portal.connections.handed_out", _handedOut.Measure, "{connection}", "Connections with their password, by purpose and way.");
        meter.CreateObservableCounter("pool_portal.connections.refused", _refused.Measure, "{connection}", "Connections that were asked for and not handed out, by reason.");
    }

    public string About => "Connections";

    public void Answered(ConnectionRequest request, Result<HandedOut, NotHandedOut> answer)
    {
        if (answer.TryGet(out _, out var why))
        {
            _handedOut.Add(FigureWords.Label(request.Purpose), FigureWords.Label(request.Way.Use));
        }
        else
        {
            _refused.Add(FigureWords.Label(why.Kind));
        }
    }

    public IReadOnlyList<Figure> Now() =>
    [
        .. Enum.GetValues<ConnectionPurpose>().Select(purpose => new Figure(purpose.ToString(), FigureWords.Count(_handedOut.Of(FigureWords.Label(purpose))))),
        new Figure("Not handed out", FigureWords.Count(_refused.Total)),
        new Figure("Because it was too many", FigureWords.Count(_refused.Of(FigureWords.Label(NotHandedOutKind.TooMany)) + _refused.Of(FigureWords.Label(NotHandedOutKind.ProveAgain)))),
    ];
}
