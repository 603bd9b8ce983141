using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>The modes that a team's pools may have.</summary>
internal static class ModeLimits
{
    public static IEnumerable<PolicyCheck> Check(Team team, PoolMode mode)
    {
        var answer = mode switch
        {
            PoolMode.Transaction => team.Limits.Transaction,
            PoolMode.Session => team.Limits.Session,
            _ => team.Limits.Statement,
        };
        var word = mode.ToString().ToLowerInvariant();
        yield return new(ChangeField.Mode, answer, answer switch
        {
            LimitAnswer.AtOnce => $"{word} mode is given at once",
            LimitAnswer.Review => $"{word} mode is for a lead of {team.Name} to decide",
            _ => $"{team.Name} may have no pools in {word} mode. Choose another mode",
        });
    }
}
