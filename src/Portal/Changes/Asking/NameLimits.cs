using System.IO.Enumeration;
using Portal.Access;

namespace Portal.Changes;

/// <summary>What a team's new pools may be called.</summary>
internal static class NameLimits
{
    public static IEnumerable<PolicyCheck> Check(Team team, string? name)
    {
        var pattern = team.Limits.NamePattern;
        if (string.IsNullOrEmpty(name) || pattern is "*")
        {
            yield break;
        }

        var patterns = pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isOne = patterns.Any(one => FileSystemName.MatchesSimpleExpression(one, name, ignoreCase: false));
        var likes = string.Join(" or ", patterns);
        yield return new(ChangeField.Name, isOne ? LimitAnswer.AtOnce : team.Limits.OtherName, (isOne, team.Limits.OtherName) switch
        {
            (true, _) or (_, LimitAnswer.AtOnce) => $"{name} is a name of {team.Name}",
            (_, LimitAnswer.Review) => $"{name} is not like {likes}, as names of {team.Name} are",
            _ => $"Pool name must be like {likes} for {team.Name}; * stands for what you choose",
        });
    }
}
