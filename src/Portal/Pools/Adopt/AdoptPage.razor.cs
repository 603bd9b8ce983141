using Microsoft.AspNetCore.Components;
using Portal.Changes;

namespace Portal.Pools.Adopt;

/// <summary>Takes a pool as it stands into a team's hands: one made elsewhere, or one that somebody changed elsewhere.</summary>
public sealed partial class AdoptPage
{
    private IReadOnlyList<string> _teams = [];

    [Inject]
    private ExistingRules Rules { get; set; } = null!;

    private protected override ChangeKind Kind => ChangeKind.Adopt;

    private bool IsDrift => HasForm && Pool.Managed is not null;

    private protected override void Begin()
    {
        base.Begin();
        _teams = [.. Rules.AdoptingTeams(View!.Person).Where(team => team.Uses(Cluster.Identity, Before.Database)).Select(team => team.Name)];
        Form.Team = _teams.Count == 1 ? _teams[0] : null;
    }
}
