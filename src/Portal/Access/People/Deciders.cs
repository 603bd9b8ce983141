namespace Portal.Access;

/// <param name="People">Who can decide, by name; nobody when no such person has signed in of late.</param>
/// <param name="AreAdmins">The team has no other lead who signs in, so its requests go to the admins.</param>
internal sealed record Deciders(IReadOnlyList<Person> People, bool AreAdmins)
{
    private const int MostNamed = 3;

    /// <summary>Whether this person may decide; the requester never does.</summary>
    public bool Include(Person person) => People.Any(decider => decider.Id == person.Id);

    /// <summary>Who is asked, as a sentence without its end.</summary>
    public string Sentence(string team) => (People.Count, AreAdmins) switch
    {
        (0, _) => $"No other lead of {team} and no admin has signed in yet: the first who does is asked",
        ( > MostNamed, false) => $"One of the {People.Count} other leads of {team} is asked",
        ( > MostNamed, true) => $"{team} has no other lead who signs in: one of the {People.Count} admins is asked",
        (_, false) => $"{Names}, {(People.Count == 1 ? "lead" : "leads")} of {team}, {(People.Count == 1 ? "is" : "are")} asked",
        (_, true) => $"{team} has no other lead who signs in: {Names}, {(People.Count == 1 ? "admin, is" : "admins, are")} asked",
    };

    private string Names => string.Join(" or ", People.Select(person => person.Name));
}
