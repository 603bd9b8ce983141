using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>The rules for what is done with a pool that is there, in one place, for the forms and again right before the call.</summary>
internal sealed class ExistingRules(ChangePolicy policy, Teams teams)
{
    /// <summary>Whether the person may do this with the pool at all, whatever they type, and for which team.</summary>
    /// <param name="team">For an adoption the team that was chosen.</param>
    public Refusal? WhyNot(Person person, ChangeKind kind, PoolFacts pool, string? team)
    {
        if (kind is ChangeKind.Adopt)
        {
            return WhyNotAdopt(person, pool, team);
        }

        if (pool.Managed is not { } managed)
        {
            return new Refusal("This pool was made outside the portal. A lead or an admin adopts it first.");
        }

        if (kind is ChangeKind.ResetPassword && pool.User is null)
        {
            return new Refusal($"{pool.Name} has no user of its own: each session brings one.");
        }

        return kind is ChangeKind.ResetPassword && teams.Find(managed.Team) is { } owning && !owning.HasLead(person)
            ? new Refusal($"Only a lead of {managed.Team} can reset a password: it locks out every app that uses the old one.")
            : teams.WhyNotActFor(person, managed.Team);
    }

    /// <summary>The teams that a person may adopt pools for.</summary>
    public IReadOnlyList<Team> AdoptingTeams(Person person) =>
        person.Has(Role.Admin) ? teams.All : [.. teams.All.Where(team => team.HasLead(person))];

    public (CheckedChange? Request, IReadOnlyList<FieldMistake> Mistakes) Check(ExistingPoolRequest asked, ClusterInView cluster, PoolFacts pool)
    {
        var mistakes = new List<FieldMistake>();
        var teamName = asked.Kind is ChangeKind.Adopt ? pool.Managed?.Team ?? asked.Team : pool.Managed?.Team;
        if (teams.Find(teamName ?? "") is not { } team)
        {
            return (null, [new(ChangeField.Team, teamName is null ? "Choose a team" : $"There is no team {FieldRules.Shortened(teamName)} any more")]);
        }

        if (cluster.Facts.WhyNoChange is { } reason && asked.Kind is not (ChangeKind.Adopt or ChangeKind.ResetPassword))
        {
            return (null, [new(ChangeField.Cluster, $"{cluster.Facts.Name} is {reason}")]);
        }

        var fields = asked.Kind switch
        {
            ChangeKind.Resize => CheckResize(asked, cluster, mistakes),
            ChangeKind.Edit => CheckEdit(asked, cluster, team, pool, mistakes),
            ChangeKind.Adopt => CheckAdopt(asked, cluster, team, mistakes),
            _ => asked.Before,
        };
        CheckConfirmation(asked, mistakes);
        FieldRules.CheckReason(asked.Reason, mistakes);
        if (mistakes.Count > 0)
        {
            return (null, mistakes);
        }

        var decision = Decide(asked, cluster, team, pool, fields);
        if (decision.Answer is LimitAnswer.Never)
        {
            return (null, [.. decision.Mistakes.Select(mistake => mistake with { Field = FieldOf(asked.Kind, mistake.Field) })]);
        }

        return decision.NeedsReview && string.IsNullOrWhiteSpace(asked.Reason)
            ? (null, [FieldRules.ReasonForLead])
            : (new CheckedChange(asked.FormId, asked.Kind, cluster, asked.PoolName, asked.Before, fields, team.Name, string.IsNullOrWhiteSpace(asked.Reason) ? null : asked.Reason.Trim(), decision), []);
    }

    /// <summary>Right before the call: why what was asked for may not be done any more.</summary>
    public string? WhyNoLonger(PoolChange change, ClusterInView cluster)
    {
        if (cluster.Facts.Pool(change.PoolName) is not { } pool)
        {
            return $"{change.PoolName} is not on {change.ClusterName} any more.";
        }

        if (change.Kind is ChangeKind.Adopt && pool.Managed is { } managed && managed.Team != change.Team)
        {
            return $"{change.PoolName} belongs to {managed.Team} by now.";
        }

        var (request, mistakes) = Check(ExistingPoolRequest.Again(change, change.Size), cluster, pool);
        return request switch
        {
            null => $"Since this was asked for, something has changed. {mistakes[0].Message}.",
            { Decision: { NeedsReview: true, Words: var words } } when change is { DecidedById: null, IsUrgent: false } =>
                $"Since this was asked for, the cluster has changed: {words}. Ask again, and a lead decides.",
            _ => null,
        };
    }

    private Decision Decide(ExistingPoolRequest asked, ClusterInView cluster, Team team, PoolFacts pool, PoolFields fields) => asked.Kind switch
    {
        ChangeKind.Resize => policy.DecideSize(team, cluster, fields.Size, asked.Before.Size),

        // Measured at what was approved, not at what somebody made of it elsewhere.
        ChangeKind.Edit => policy.DecideEdit(team, cluster, fields, asked.Before, pool.Managed?.Fields),
        ChangeKind.Adopt => ChangePolicy.DecideUser(team, cluster, fields.User),
        ChangeKind.ResetPassword => ChangePolicy.DecideUser(team, cluster, asked.Before.User),
        _ => Decision.Of(team.Name, []),
    };

    // These forms have one field to say it beside.
    private static ChangeField FieldOf(ChangeKind kind, ChangeField field) => kind switch
    {
        ChangeKind.Adopt => ChangeField.Team,
        ChangeKind.ResetPassword => ChangeField.Confirmation,
        _ => field,
    };

    private Refusal? WhyNotAdopt(Person person, PoolFacts pool, string? team)
    {
        if (pool.Managed is { } managed)
        {
            return !pool.HasDrifted
                ? new Refusal($"{pool.Name} belongs to {managed.Team} already.")
                : AdoptingTeams(person).Any(own => own.Name == managed.Team) ? null : new Refusal($"A lead of {managed.Team} or an admin can take over what was changed.");
        }

        var mine = AdoptingTeams(person);
        return mine.Count == 0 ? new Refusal("Leads adopt pools for their team, and admins for any.")
            : team is null || mine.Any(own => own.Name == team) ? null
            : new Refusal($"You cannot adopt pools for {FieldRules.Shortened(team)}. Choose a team that you lead.");
    }

    private static PoolFields CheckResize(ExistingPoolRequest asked, ClusterInView cluster, List<FieldMistake> mistakes)
    {
        var size = CheckSize(asked, cluster, mistakes);
        if (mistakes.Count == 0 && size == asked.Before.Size)
        {
            mistakes.Add(new(ChangeField.Size, $"Pool size is {size} already. Enter another"));
        }

        return asked.Before with { Size = size };
    }

    private static PoolFields CheckEdit(ExistingPoolRequest asked, ClusterInView cluster, Team team, PoolFacts pool, List<FieldMistake> mistakes)
    {
        var fields = new PoolFields(
            asked.Mode ?? asked.Before.Mode,
            asked.Size is null ? asked.Before.Size : CheckSize(asked, cluster, mistakes),
            asked.Database ?? asked.Before.Database,
            asked.IsInboundUser ? null : asked.User ?? asked.Before.User);
        if (!Enum.IsDefined(fields.Mode))
        {
            mistakes.Add(new(ChangeField.Mode, "Choose a mode"));
        }

        // What was approved may be had again although no pattern covers it: a lead has looked at it.
        var wasApproved = pool.Managed is { } managed && managed.Database == fields.Database && managed.User == fields.User;
        FieldRules.CheckDatabase(fields.Database, cluster.Facts, wasApproved ? null : team, mistakes);
        FieldRules.CheckUser(fields.User, fields.User is null, cluster.Facts, wasApproved ? null : team, mistakes.Count == 0 ? fields.Database : null, mistakes);
        if (mistakes.Count == 0 && fields == asked.Before)
        {
            mistakes.Add(new(ChangeField.Mode, "Nothing is different from what the pool is now. Change the mode, the database or the database user"));
        }

        return fields;
    }

    private static PoolFields CheckAdopt(ExistingPoolRequest asked, ClusterInView cluster, Team team, List<FieldMistake> mistakes)
    {
        if (!FieldRules.MayAskFor(team, cluster.Facts.Identity, asked.Before.Database, asked.Before.User))
        {
            mistakes.Add(new(ChangeField.Team, $"{team.Name} may not use the database {asked.Before.Database} as {asked.Before.User ?? "inbound user"}, so this pool cannot become theirs"));
        }

        return asked.Before;
    }

    // The pool's own connections are free for itself.
    private static int CheckSize(ExistingPoolRequest asked, ClusterInView cluster, List<FieldMistake> mistakes)
    {
        var most = cluster.Free + asked.Before.Size;
        var size = FieldRules.CheckSize(asked.Size, cluster.Facts.Name, free: null, mistakes);

        // A pool that is above the budget already may be made smaller in steps.
        if (size > most && size > asked.Before.Size)
        {
            mistakes.Add(new(ChangeField.Size, most > 0
                ? $"Pool size must be {most} or fewer. {cluster.Facts.Name} has {Math.Max(0, cluster.Free!.Value)} connections free besides this pool's {asked.Before.Size}"
                : $"{cluster.Facts.Name} has no connections free. Make this pool smaller, or another one first"));
        }

        return size;
    }

    private static void CheckConfirmation(ExistingPoolRequest asked, List<FieldMistake> mistakes)
    {
        var name = asked.Kind switch
        {
            ChangeKind.Edit or ChangeKind.Delete => asked.PoolName,
            ChangeKind.ResetPassword => asked.Before.User,
            _ => null,
        };
        if (name is not null && asked.Confirmation?.Trim() != name)
        {
            mistakes.Add(new(ChangeField.Confirmation, $"Type {name} to confirm"));
        }
    }
}
