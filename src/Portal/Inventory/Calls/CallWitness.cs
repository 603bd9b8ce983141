using Portal.DigitalOcean;
using Portal.Operations.Telemetry;

namespace Portal.Inventory;

/// <summary>Sees every call, whoever makes it: for the budget, for the row that tells of it, for the sum of what was only read, and for the meter.</summary>
internal sealed class CallWitness(CallBudget budget, ReadSummary reads) : IApiCallObserver
{
    private const string Answered = "ok";
    private const string GivenUp = "cancelled";

    /// <summary>Every call of this process, by method and outcome.</summary>
    public Tally Calls { get; } = new("outcome", "method");

    public long Failed => Calls.Total - Calls.Of(Answered) - Calls.Of(GivenUp);

    public void Seen(ApiCall call)
    {
        ((IApiCallObserver)budget).Seen(call);
        CallNotes.Note(call);
        reads.Count(call);
        Calls.Add(OutcomeOf(call), call.Method);
    }

    private static string OutcomeOf(ApiCall call) => call switch
    {
        { Failure: { } failure } => FigureWords.Label(failure),
        // Neither an answer nor a failure: its caller did not wait for either.
        { Status: null } => GivenUp,
        _ => Answered,
    };
}
