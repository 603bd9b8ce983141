using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>The rules for a new pool, in one place: the form shows these words, and the server holds to them whatever a browser sends.</summary>
internal sealed class CreateRules(ChangePolicy policy)
{
    /// <param name="cluster">The cluster that was asked for; null when there is none of that id.</param>
    /// <param name="teams">The teams that the person acts for.</param>
    public (CheckedChange? Request, IReadOnlyList<FieldMistake> Mistakes) Check(CreatePool asked, ClusterInView? cluster, IReadOnlyList<Team> teams)
    {
        var mistakes = new List<FieldMistake>();
        var team = CheckTeam(asked, teams, mistakes);
        CheckCluster(asked, cluster, team, mistakes);
        var before = mistakes.Count;
        FieldRules.CheckDatabase(asked.Database, cluster?.Facts, team, mistakes);
        var database = mistakes.Count == before ? asked.Database : null;
        FieldRules.CheckUser(asked.User, asked.IsInboundUser, cluster?.Facts, team, database, mistakes);
        if (asked.Mode is null || !Enum.IsDefined(asked.Mode.Value))
        {
            mistakes.Add(new(ChangeField.Mode, "Choose a mode"));
        }

        var size = FieldRules.CheckSize(asked.Size, cluster?.Facts.Name, cluster?.Facts.WhyNoPool is null ? cluster?.Free : null, mistakes);
        CheckName(asked, cluster, mistakes);
        FieldRules.CheckReason(asked.Reason, mistakes);
        if (mistakes.Count > 0)
        {
            return (null, mistakes);
        }

        var fields = new PoolFields(asked.Mode!.Value, size, database!, asked.IsInboundUser ? null : asked.User);
        var decision = policy.Decide(team!, cluster!, asked.Name, fields);
        if (decision.Answer is LimitAnswer.Never)
        {
            return (null, decision.Mistakes);
        }

        if (decision.NeedsReview && string.IsNullOrWhiteSpace(asked.Reason))
        {
            return (null, [FieldRules.ReasonForLead]);
        }

        var reason = string.IsNullOrWhiteSpace(asked.Reason) ? null : asked.Reason.Trim();
        return (new CheckedChange(asked.FormId, ChangeKind.Create, cluster!, asked.Name!, Before: null, fields, team!.Name, reason, decision), []);
    }

    private static Team? CheckTeam(CreatePool asked, IReadOnlyList<Team> teams, List<FieldMistake> mistakes)
    {
        var team = teams.FirstOrDefault(team => team.Name == asked.Team);
        if (team is null)
        {
            mistakes.Add(new(ChangeField.Team, string.IsNullOrEmpty(asked.Team) ? "Choose a team" : $"You do not act for {FieldRules.Shortened(asked.Team)}. Choose one of your teams"));
        }

        return team;
    }

    private static void CheckCluster(CreatePool asked, ClusterInView? cluster, Team? team, List<FieldMistake> mistakes)
    {
        if (asked.ClusterId is null)
        {
            mistakes.Add(new(ChangeField.Cluster, "Choose a cluster"));
        }
        else if (cluster is null)
        {
            mistakes.Add(new(ChangeField.Cluster, "This cluster is gone. Choose another"));
        }
        else if (cluster.Facts.WhyNoPool is { } reason)
        {
            mistakes.Add(new(ChangeField.Cluster, $"{cluster.Facts.Name} cannot take a pool: {reason}"));
        }
        else if (team is not null && !team.Uses(cluster.Facts.Identity))
        {
            mistakes.Add(new(ChangeField.Cluster, $"{team.Name} may not use {cluster.Facts.Name}. Choose another cluster, or ask an admin to add it to the team"));
        }
    }

    private static void CheckName(CreatePool asked, ClusterInView? cluster, List<FieldMistake> mistakes)
    {
        var message = string.IsNullOrEmpty(asked.Name)
            ? "Enter a pool name"
            : PoolName.Validate(asked.Name) switch
            {
                PoolNameFault.TooShort => $"Pool name must be {PoolName.MinimumLength} characters or more",
                PoolNameFault.TooLong => $"Pool name must be {PoolName.MaximumLength} characters or fewer",
                PoolNameFault.DoesNotBeginWithLetter or PoolNameFault.HasOtherCharacter =>
                    "Pool name must begin with a letter and use only letters, numbers, hyphens and underscores",
                PoolNameFault.IsReserved => $"Pool name must not be {PoolName.Reserved}: PgBouncer uses it itself",
                _ when cluster?.Facts.Pools.Any(pool => pool.Name == asked.Name) is true => $"A pool named {asked.Name} already exists on {cluster.Facts.Name}",
                _ => null,
            };
        if (message is not null)
        {
            mistakes.Add(new(ChangeField.Name, message));
        }
    }
}
