using System.Globalization;
using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>The rules for a new pool, in one place: the form shows these words, and the server holds to them whatever a browser sends.</summary>
internal sealed class CreateRules(ChangePolicy policy)
{
    public const int LongestReason = 500;

    /// <param name="cluster">The cluster that was asked for; null when there is none of that id.</param>
    /// <param name="teams">The teams that the person acts for.</param>
    public (CheckedCreate? Request, IReadOnlyList<FieldMistake> Mistakes) Check(CreatePool asked, ClusterInView? cluster, IReadOnlyList<Team> teams)
    {
        var mistakes = new List<FieldMistake>();
        var team = CheckTeam(asked, teams, mistakes);
        CheckCluster(asked, cluster, team, mistakes);
        var database = CheckDatabase(asked, cluster, team, mistakes);
        CheckUser(asked, cluster, team, database, mistakes);
        if (asked.Mode is null || !Enum.IsDefined(asked.Mode.Value))
        {
            mistakes.Add(new(ChangeField.Mode, "Choose a mode"));
        }

        var size = CheckSize(asked, cluster, mistakes);
        CheckName(asked, cluster, mistakes);
        if (asked.Reason is { Length: > LongestReason })
        {
            mistakes.Add(new(ChangeField.Reason, $"Reason must be {LongestReason} characters or fewer"));
        }

        if (mistakes.Count > 0)
        {
            return (null, mistakes);
        }

        var fields = new PoolFields(asked.Mode!.Value, size, database!, asked.IsInboundUser ? null : asked.User);
        var decision = policy.Decide(team!, cluster!, fields);
        if (decision.NeedsReview && string.IsNullOrWhiteSpace(asked.Reason))
        {
            return (null, [new(ChangeField.Reason, "Enter a reason: a lead decides about this pool")]);
        }

        var reason = string.IsNullOrWhiteSpace(asked.Reason) ? null : asked.Reason.Trim();
        return (new CheckedCreate(asked.FormId, cluster!, asked.Name!, fields, team!.Name, reason, decision), []);
    }

    private static Team? CheckTeam(CreatePool asked, IReadOnlyList<Team> teams, List<FieldMistake> mistakes)
    {
        var team = teams.FirstOrDefault(team => team.Name == asked.Team);
        if (team is null)
        {
            mistakes.Add(new(ChangeField.Team, string.IsNullOrEmpty(asked.Team) ? "Choose a team" : $"You do not act for {asked.Team}. Choose one of your teams"));
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

    private static string? CheckDatabase(CreatePool asked, ClusterInView? cluster, Team? team, List<FieldMistake> mistakes)
    {
        if (string.IsNullOrEmpty(asked.Database))
        {
            mistakes.Add(new(ChangeField.Database, "Choose a database"));
            return null;
        }

        if (cluster is null)
        {
            return asked.Database;
        }

        if (!cluster.Facts.Databases.Contains(asked.Database, StringComparer.Ordinal))
        {
            mistakes.Add(new(ChangeField.Database, $"{cluster.Facts.Name} has no database {Shortened(asked.Database)}. Choose one of the list"));
            return null;
        }

        if (team is not null && !team.Uses(cluster.Facts.Identity, asked.Database))
        {
            mistakes.Add(new(ChangeField.Database, $"{team.Name} may not use the database {asked.Database}. Choose another, or ask an admin to add it to the team"));
            return null;
        }

        return asked.Database;
    }

    private static void CheckUser(CreatePool asked, ClusterInView? cluster, Team? team, string? database, List<FieldMistake> mistakes)
    {
        if (asked.IsInboundUser)
        {
            return;
        }

        if (string.IsNullOrEmpty(asked.User))
        {
            mistakes.Add(new(ChangeField.User, "Choose a database user"));
        }
        else if (cluster is not null && !cluster.Facts.Users.Contains(asked.User, StringComparer.Ordinal))
        {
            mistakes.Add(new(ChangeField.User, $"{cluster.Facts.Name} has no database user {Shortened(asked.User)}. Choose one of the list"));
        }
        else if (cluster is not null && team is not null && database is not null && !MayAskFor(team, cluster, database, asked.User))
        {
            mistakes.Add(new(ChangeField.User, $"{team.Name} may not use the database user {asked.User}. Choose another, or ask an admin to add it to the team"));
        }
    }

    // The administrator is nobody's by a pattern; who may use the database may ask for it, and a lead decides.
    private static bool MayAskFor(Team team, ClusterInView cluster, string database, string user) =>
        team.Uses(cluster.Facts.Identity, database, user)
        || (string.Equals(user, Team.AdministratorUser, StringComparison.OrdinalIgnoreCase) && team.Uses(cluster.Facts.Identity, database));

    private static int CheckSize(CreatePool asked, ClusterInView? cluster, List<FieldMistake> mistakes)
    {
        var text = asked.Size?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            mistakes.Add(new(ChangeField.Size, "Enter a pool size"));
            return 0;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size))
        {
            mistakes.Add(new(ChangeField.Size, "Pool size must be a whole number, like 5"));
        }
        else if (size < PoolLimits.MinimumSize)
        {
            mistakes.Add(new(ChangeField.Size, "Pool size must be 1 or more"));
        }
        else if (cluster is { Free: { } free, Facts.WhyNoPool: null } && size > free)
        {
            mistakes.Add(new(ChangeField.Size, free > 0
                ? $"Pool size must be {free} or fewer. {cluster.Facts.Name} has {free} connections free"
                : $"{cluster.Facts.Name} has no connections free: other changes are about to take the rest"));
        }

        return size;
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

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
