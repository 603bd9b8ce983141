using Portal.Access;
using Portal.Changes;

namespace Portal.Reviews.Queue;

/// <summary>What one person decides, as a condition that the database can look for: the same answer for each change as <see cref="People.DecidersAsync"/>.</summary>
/// <param name="people">Everybody who can be asked.</param>
internal sealed class WaitingFor(Person person, IReadOnlyList<Person> people, Teams teams)
{
    private const char Between = '\n';

    // Known by their last sign-in, and by this session.
    private readonly List<string> _led =
        [.. teams.All.Where(team => team.HasLead(person) && people.Any(known => known.Id == person.Id && team.HasLead(known))).Select(team => team.Name)];

    private readonly bool _isAdmin = person.Has(Role.Admin) && people.Any(known => known.Id == person.Id && known.Has(Role.Admin));

    private readonly List<string> _teams = [.. teams.All.Select(team => team.Name)];

    private readonly List<string> _leaderless = [.. teams.All.Where(team => !people.Any(team.HasLead)).Select(team => team.Name)];

    /// <summary>Team and person, where the person is the only one to lead it: what they ask for goes to the admins.</summary>
    private readonly List<string> _onlyLeads =
        [.. teams.All.Select(team => (Team: team, Leads: people.Where(team.HasLead).ToList())).Where(one => one.Leads.Count == 1).Select(one => one.Team.Name + Between + one.Leads[0].Id)];

    public IQueryable<PoolChange> In(IQueryable<PoolChange> changes)
    {
        var others = changes.Where(change => change.RequesterId != person.Id);

        // Apart, so that the database sees the simple case as simple.
        return _isAdmin
            ? others.Where(change => _led.Contains(change.Team)
                || _leaderless.Contains(change.Team)
                || !_teams.Contains(change.Team)
                || _onlyLeads.Contains(change.Team + Between + change.RequesterId))
            : others.Where(change => _led.Contains(change.Team));
    }
}
