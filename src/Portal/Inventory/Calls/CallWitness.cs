using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>Sees every call, whoever makes it: for the budget, for the row that tells of it, and for the sum of what was only read.</summary>
internal sealed class CallWitness(CallBudget budget, ReadSummary reads) : IApiCallObserver
{
    public void Seen(ApiCall call)
    {
        ((IApiCallObserver)budget).Seen(call);
        CallNotes.Note(call);
        reads.Count(call);
    }
}
