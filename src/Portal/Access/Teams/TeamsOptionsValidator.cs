using Microsoft.Extensions.Options;
using Portal.Operations;

namespace Portal.Access;

/// <summary>A team that is written wrongly would open or close a door that nobody meant, so the portal does not start with one.</summary>
internal sealed class TeamsOptionsValidator : IValidateOptions<TeamsOptions>
{
    public static IReadOnlyList<TeamOptions> Bind(IConfiguration configuration)
    {
        var section = configuration.GetSection(TeamsOptions.Section);
        if (section.Value is { Length: > 0 })
        {
            throw new OptionsValidationException(nameof(TeamsOptions), typeof(TeamsOptions), ["Teams must be a list of teams."]);
        }

        SettingFaults.ThrowIfAny(section, typeof(List<TeamOptions>));
        return section.Get<List<TeamOptions>>() ?? [];
    }

    public ValidateOptionsResult Validate(string? name, TeamsOptions options)
    {
        List<string> wrong = [.. options.Teams.SelectMany(Faults)];
        wrong.AddRange(options.Teams
            .GroupBy(team => team.Name, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Key.Length > 0 && same.Count() > 1)
            .Select(same => $"Teams: there is more than one team {same.Key}."));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Faults(TeamOptions team)
    {
        if (string.IsNullOrWhiteSpace(team.Name) || team.Name.Length > 100)
        {
            yield return "Every entry of Teams needs a Name of at most 100 characters.";
        }

        if (team.Members.Concat(team.Leads).Any(string.IsNullOrWhiteSpace))
        {
            yield return $"Teams: the team {team.Name} has an empty group in Members or Leads.";
        }

        foreach (var triple in team.Uses)
        {
            if (!ClusterIdentity.IsPattern(triple.Cluster))
            {
                yield return $"Teams: the team {team.Name} has the Cluster '{triple.Cluster}'. It must be a name pattern (letters, digits, '-', '_', '.' and '*'), an id, or tag:NAME without '*'.";
            }

            foreach (var (key, pattern) in new[] { ("Database", triple.Database), ("User", triple.User) })
            {
                if (string.IsNullOrWhiteSpace(pattern) || pattern.AsSpan().ContainsAny('?', '\\'))
                {
                    yield return $"Teams: the team {team.Name} has the {key} '{pattern}'. It must be a name in which '*' stands for any run of characters.";
                }
            }
        }

        foreach (var fault in Faults(team.Limits))
        {
            yield return $"Teams: the team {team.Name} has {fault}";
        }
    }

    private static IEnumerable<string> Faults(TeamLimitsOptions limits)
    {
        foreach (var (key, bound) in new[] { ("Size", limits.Size), ("Sum", limits.Sum) })
        {
            if (bound.ReviewAbove < 0 || bound.NeverAbove < 0)
            {
                yield return $"Limits:{key} with a bound below 0.";
            }

            if (bound.ReviewAbove > bound.NeverAbove)
            {
                yield return $"Limits:{key}:ReviewAbove above NeverAbove: nothing could be reviewed.";
            }
        }

        if (limits.Share is { ReviewAbove: < 0 or > 1 } or { NeverAbove: < 0 or > 1 })
        {
            yield return "Limits:Share with a bound that is not from 0 to 1.";
        }

        if (limits.Share.ReviewAbove > limits.Share.NeverAbove)
        {
            yield return "Limits:Share:ReviewAbove above NeverAbove: nothing could be reviewed.";
        }

        if (string.IsNullOrWhiteSpace(limits.NamePattern) || !limits.NamePattern.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '*' or ' '))
        {
            yield return $"the Limits:NamePattern '{limits.NamePattern}'. It must be names in which '*' stands for any run of characters, separated by spaces.";
        }

        if (limits.InboundUser is LimitAnswer.AtOnce)
        {
            yield return "Limits:InboundUser: AtOnce. It must be Review or Never.";
        }

        if (limits.PublicNetwork is LimitAnswer.Review)
        {
            yield return "Limits:PublicNetwork: Review. It must be AtOnce or Never.";
        }
    }
}
