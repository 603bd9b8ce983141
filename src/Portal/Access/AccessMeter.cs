using System.Diagnostics.Metrics;
using Portal.Operations.Telemetry;

namespace Portal.Access;

/// <summary>How many people signed in, how many sign-ins failed, and how much was refused to people inside.</summary>
internal sealed class AccessMeter : IRoomFigures
{
    private const string Succeeded = "ok";

    private readonly Tally _signIns = new("outcome");
    private readonly Tally _refusals = new("action");

    public AccessMeter(IMeterFactory meters)
    {
        _signIns.Expect(Succeeded);
        foreach (var failure in Enum.GetValues<SignInFailure>())
        {
            _signIns.Expect(FigureWords.Label(failure));
        }

        _refusals.Expect(Audit.AuditAction.ActionRefused);
        var meter = meters.Create("Portal.Access");
        meter.CreateObservableCounter("pool_portal.sign_ins", _signIns.Measure, "{sign_in}", "Sign-ins, by outcome.");
        meter.CreateObservableCounter("pool_portal.refusals", _refusals.Measure, "{refusal}", "What people wanted to do and may not, by the action of the record; also what was too much to be recorded.");
    }

    public string About => "Access";

    public void SignedIn() => _signIns.Add(Succeeded);

    public void NotSignedIn(SignInFailure failure) => _signIns.Add(FigureWords.Label(failure));

    /// <param name="action">Of <see cref="Audit.AuditAction"/>.</param>
    public void Refused(string action) => _refusals.Add(action);

    public IReadOnlyList<Figure> Now() =>
    [
        new Figure("Sign-ins", FigureWords.Count(_signIns.Of(Succeeded))),
        new Figure("Sign-ins that failed", FigureWords.Count(_signIns.Total - _signIns.Of(Succeeded))),
        new Figure("Refused to who was inside", FigureWords.Count(_refusals.Total)),
    ];
}
