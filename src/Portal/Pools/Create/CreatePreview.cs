using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Pools.Create;

/// <summary>What the policy would say of the form as it is, while it is typed. It decides nothing: the request is checked again, whole, before it is taken.</summary>
internal sealed class CreatePreview(ChangePolicy policy, Teams teams)
{
    // No user is called so: what is left are the reasons that do not depend on one.
    private const string NobodyYet = "";

    /// <summary>What it would say of the size alone; null as long as there is no size, or one that cannot be had.</summary>
    public Decision? OfSize(CreateForm form, ClusterInView? cluster) => Decide(form, cluster, (team, size) => policy.DecideSize(team, cluster!, size, before: 0));

    /// <summary>What it would say of all that is filled in.</summary>
    public Decision? OfAll(CreateForm form, ClusterInView? cluster) => Decide(form, cluster, (team, size) => policy.Decide(
        team,
        cluster!,
        form.Name?.Trim(),
        new PoolFields(form.Mode, size, form.Database ?? NobodyYet, form.User is CreateForm.InboundUser ? null : form.User ?? NobodyYet)));

    private Decision? Decide(CreateForm form, ClusterInView? cluster, Func<Team, int, Decision> decide) =>
        cluster is not null && form.Team is not null && teams.Find(form.Team) is { } team && form.SizeAsNumber is { } size && !(size > cluster.Free)
            ? decide(team, size)
            : null;
}
