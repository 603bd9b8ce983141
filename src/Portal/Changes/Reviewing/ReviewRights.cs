using Portal.Access;

namespace Portal.Changes;

/// <summary>Who may decide a request, and look at what was urgent: the other leads of its team, the admins only when there is none, and never who asked.</summary>
internal sealed class ReviewRights(People people, Teams teams)
{
    public Task<Deciders> DecidersAsync(PoolChange change, CancellationToken cancellationToken) =>
        people.DecidersAsync(change.Team, change.RequesterId, cancellationToken);

    /// <summary>Why this person does not decide, and who does; null when they may.</summary>
    public Refusal? WhyNot(Person person, PoolChange change, Deciders deciders) =>
        person.Id == change.RequesterId ? new Refusal($"You asked for this, so somebody else decides: {ReviewWords.Who(change.Team, deciders)}.")
        : deciders.Include(person) && HasRight(person, change.Team, deciders) ? null
        : new Refusal($"{ReviewWords.Sentence(ReviewWords.Who(change.Team, deciders))} can decide this.");

    // Who can be asked is known from their last sign-in; what they may is what this session says.
    private bool HasRight(Person person, string team, Deciders deciders) =>
        deciders.AreAdmins ? person.Has(Role.Admin) : teams.Find(team)?.HasLead(person) is true;
}
