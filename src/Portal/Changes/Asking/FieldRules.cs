using System.Globalization;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>The rules for single fields, the same for a new pool and for one that is changed.</summary>
internal static class FieldRules
{
    public const int LongestReason = 500;

    public static void CheckDatabase(string? database, ClusterFacts? cluster, Team? team, List<FieldMistake> mistakes)
    {
        if (string.IsNullOrEmpty(database))
        {
            mistakes.Add(new(ChangeField.Database, "Choose a database"));
        }
        else if (cluster is not null && !cluster.Databases.Contains(database, StringComparer.Ordinal))
        {
            mistakes.Add(new(ChangeField.Database, $"{cluster.Name} has no database {Shortened(database)}. Choose one of the list"));
        }
        else if (cluster is not null && team is not null && !team.Uses(cluster.Identity, database))
        {
            mistakes.Add(new(ChangeField.Database, $"{team.Name} may not use the database {database}. Choose another, or ask an admin to add it to the team"));
        }
    }

    /// <param name="database">One that the team may use; null when there is none, which has been said already.</param>
    /// <param name="isInbound">Each session brings its own user, so there is none to check.</param>
    public static void CheckUser(string? user, bool isInbound, ClusterFacts? cluster, Team? team, string? database, List<FieldMistake> mistakes)
    {
        if (isInbound)
        {
            return;
        }

        if (string.IsNullOrEmpty(user))
        {
            mistakes.Add(new(ChangeField.User, "Choose a database user"));
        }
        else if (cluster is not null && !cluster.Users.Contains(user, StringComparer.Ordinal))
        {
            mistakes.Add(new(ChangeField.User, $"{cluster.Name} has no database user {Shortened(user)}. Choose one of the list"));
        }
        else if (cluster is not null && team is not null && database is not null && !MayAskFor(team, cluster.Identity, database, user))
        {
            mistakes.Add(new(ChangeField.User, $"{team.Name} may not use the database user {user}. Choose another, or ask an admin to add it to the team"));
        }
    }

    /// <summary>Whether the team may use the database as this user, or ask a lead for it.</summary>
    // The administrator is nobody's by a pattern; who may use the database may ask for it, and a lead decides.
    public static bool MayAskFor(Team team, ClusterIdentity cluster, string database, string? user) =>
        user is null || string.Equals(user, Team.AdministratorUser, StringComparison.OrdinalIgnoreCase)
            ? team.Uses(cluster, database)
            : team.Uses(cluster, database, user);

    /// <param name="free">Server connections that the pool may have; null when the plan is unknown, or the cluster takes no pool anyway.</param>
    /// <returns>The size; 0 when there is none.</returns>
    public static int CheckSize(string? typed, string? clusterName, int? free, List<FieldMistake> mistakes)
    {
        var text = typed?.Trim();
        var size = 0;
        if (string.IsNullOrEmpty(text))
        {
            mistakes.Add(new(ChangeField.Size, "Enter a pool size"));
        }
        else if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out size))
        {
            mistakes.Add(new(ChangeField.Size, "Pool size must be a whole number, like 5"));
        }
        else if (size < PoolLimits.MinimumSize)
        {
            mistakes.Add(new(ChangeField.Size, "Pool size must be 1 or more"));
        }
        else if (size > free)
        {
            mistakes.Add(new(ChangeField.Size, free > 0
                ? $"Pool size must be {free} or fewer. {clusterName} has {free} connections free"
                : $"{clusterName} has no connections free: other changes are about to take the rest"));
        }

        return size;
    }

    public static void CheckReason(string? reason, List<FieldMistake> mistakes)
    {
        if (reason is { Length: > LongestReason })
        {
            mistakes.Add(new(ChangeField.Reason, $"Reason must be {LongestReason} characters or fewer"));
        }
        else if (FreeText.WhyNot("Reason", reason) is { } secret)
        {
            mistakes.Add(new(ChangeField.Reason, secret));
        }
    }

    public static FieldMistake ReasonForLead => new(ChangeField.Reason, "Enter a reason: a lead decides about this pool");

    internal static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
