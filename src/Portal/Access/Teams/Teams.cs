using Microsoft.Extensions.Options;

namespace Portal.Access;

/// <summary>The configured teams, and who belongs to which: the one place that answers who may reach what.</summary>
internal sealed class Teams(IOptions<TeamsOptions> options)
{
    private readonly IReadOnlyList<Team> _all = options.Value.Teams.Count == 0
        ? [new Team(new TeamOptions { Name = "Everyone", Members = ["*"], Leads = ["*"], Uses = [new TripleOptions { Cluster = "*" }] })]
        : [.. options.Value.Teams.Select(team => new Team(team))];

    public IReadOnlyList<Team> All => _all;

    public Team? Find(string name) => _all.FirstOrDefault(team => string.Equals(team.Name, name, StringComparison.Ordinal));

    /// <summary>The teams a person may act for, in the order of the configuration.</summary>
    public IReadOnlyList<Team> Of(Person person) => [.. _all.Where(team => team.HasMember(person))];

    /// <summary>Whether the person acts for the team, or why not and who does.</summary>
    public Refusal? WhyNotActFor(Person person, string team) => Find(team) switch
    {
        null => new Refusal($"There is no team {team} any more. Ask an admin to hand its pools over."),
        { } found when found.HasMember(person) => null,
        _ => new Refusal($"This belongs to the team {team}. Its developers and leads can do that."),
    };
}
