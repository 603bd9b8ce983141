using Portal.Access;

namespace Portal.Reviews.AccessNow;

/// <summary>Who belongs to a team at this moment, and by which group.</summary>
internal sealed class TeamAccess
{
    private TeamAccess(Team team, IReadOnlyList<Belonging> members, IReadOnlyList<string> silentMembers, IReadOnlyList<string> silentLeads)
    {
        (Team, Members, SilentMembers, SilentLeads) = (team, members, silentMembers, silentLeads);
        Leads = [.. members.Where(member => member.IsLead)];
    }

    public Team Team { get; }

    /// <summary>Leads too.</summary>
    public IReadOnlyList<Belonging> Members { get; }

    public IReadOnlyList<Belonging> Leads { get; }

    /// <summary>Groups of members of whom nobody has signed in of late.</summary>
    public IReadOnlyList<string> SilentMembers { get; }

    /// <summary>Groups of leads of whom nobody has signed in of late.</summary>
    public IReadOnlyList<string> SilentLeads { get; }

    public static TeamAccess Of(Team team, IReadOnlyList<Person> people)
    {
        var members = people.Where(team.HasMember).Select(person => BelongingOf(team, person)).ToList();
        return new TeamAccess(
            team,
            members,
            [.. team.MemberGroups.Where(group => !people.Any(person => person.Has(Role.Developer) && IsIn(person, group)))],
            [.. team.LeadGroups.Where(group => !people.Any(person => person.Has(Role.TeamLead) && IsIn(person, group)))]);
    }

    private static Belonging BelongingOf(Team team, Person person)
    {
        var isLead = team.HasLead(person);
        var group = (isLead ? team.LeadGroups : team.MemberGroups).First(group => IsIn(person, group));
        return new Belonging(person, isLead, group, $"{(isLead ? "lead" : "member")} of {team.Name} through {(group is "*" ? "every group" : $"group {group}")}");
    }

    private static bool IsIn(Person person, string group) => group is "*" || person.Groups.Contains(group);
}

/// <param name="Why">"member of Payments through group payments".</param>
internal sealed record Belonging(Person Person, bool IsLead, string Group, string Why);
