using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>Where people take changes back, and decide what the portal cannot.</summary>
internal sealed class ChangeDecisions(
    Sessions sessions,
    Refusals refusals,
    Teams teams,
    ChangeQueries queries,
    DigitalOceanClient api,
    AuditLog audit,
    ChangeFeed feed,
    BoardKeeper board,
    TimeProvider clock)
{
    private static readonly Refusal DecidedAlready = new("This is decided already.");

    /// <summary>The requester takes back what has not begun.</summary>
    public async Task<Refusal?> WithdrawAsync(SessionKey session, long id, CancellationToken cancellationToken) =>
        await DecideAsync(
            session,
            id,
            (person, change) => change switch
            {
                _ when change.RequesterId != person.Id => new Refusal($"Only {change.RequesterName}, who asked for it, can withdraw this."),
                { State: ChangeState.WaitingForReview } => null,
                { State: ChangeState.Approved, Attempt: 0 } => null,
                _ => new Refusal("This can no longer be withdrawn: it has begun or is finished."),
            },
            (change, now) =>
            {
                change.MoveTo(ChangeState.Withdrawn, now);
                change.LeaseOwner = null;
                change.LeaseUntil = null;
                change.Say("Withdrawn before anything was sent.");
                return AuditAction.Withdrawn;
            },
            alongside: null,
            cancellationToken);

    /// <summary>A person ends what cannot be found out: nothing more is done, whatever stands at DigitalOcean stays.</summary>
    public async Task<Refusal?> GiveUpAsync(SessionKey session, long id, CancellationToken cancellationToken) =>
        await DecideAsync(
            session,
            id,
            (person, change) => change.State is not (ChangeState.Conflict or ChangeState.NeedsPerson)
                ? DecidedAlready
                : teams.WhyNotActFor(person, change.Team),
            (change, now) =>
            {
                change.MoveTo(ChangeState.Failed, now);
                change.Say("Given up by a person. Whatever stands at DigitalOcean under this name was left as it is.");
                return AuditAction.GivenUp;
            },
            alongside: null,
            cancellationToken);

    /// <summary>A lead or an admin says how it stands: a pool that is the team's own as it is, a pool that is gone, a password that is new.</summary>
    public async Task<Refusal?> TakeAsOursAsync(SessionKey session, long id, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out _, out var ended))
        {
            return ended;
        }

        if (await queries.FindAsync(id, cancellationToken) is not { } asked || await queries.ViewAsync(asked.ClusterId, cancellationToken) is not { } cluster)
        {
            return new Refusal("There is no such change, or its cluster is gone.");
        }

        return asked.Kind switch
        {
            ChangeKind.ResetPassword => await SettleAsync(session, asked, "A person says that the password was reset.", (_, _) => null, ManagedPools.Nothing, cancellationToken),
            ChangeKind.Delete => await TakeAsDeletedAsync(session, asked, cancellationToken),
            _ => await TakePoolAsync(session, asked, cluster, cancellationToken),
        };
    }

    private async Task<Refusal?> TakeAsDeletedAsync(SessionKey session, PoolChange asked, CancellationToken cancellationToken)
    {
        var read = await api.GetPoolAsync(asked.ClusterId, asked.PoolName, cancellationToken);
        return read.TryGet(out _, out var failure)
            ? new Refusal($"{asked.PoolName} is still on {asked.ClusterName}. Give this up, and ask again to delete it.")
            : !failure.IsCertainlyAbsent
                ? new Refusal($"{FailureWords.Of(failure).Happened} Nothing was decided. Try again.")
                : await SettleAsync(session, asked, "A person says that it was deleted; it is not there any more.", (_, _) => null, ManagedPools.Forget, cancellationToken);
    }

    private async Task<Refusal?> TakePoolAsync(SessionKey session, PoolChange asked, ClusterInView cluster, CancellationToken cancellationToken)
    {
        var read = await api.GetPoolAsync(asked.ClusterId, asked.PoolName, cancellationToken);
        if (!read.TryGet(out var pool, out var failure))
        {
            return new Refusal(failure.IsCertainlyAbsent
                ? $"{asked.PoolName} is not on {asked.ClusterName}. Give this up, and ask for the pool again."
                : $"{FailureWords.Of(failure).Happened} Nothing was decided. Try again.");
        }

        if (pool.Fields is not { } fields)
        {
            return new Refusal($"{asked.PoolName} has the mode {pool.ModeText}, which this version of the portal does not know.");
        }

        return await SettleAsync(
            session,
            asked,
            "Taken as the team's own by a person, as it stands at DigitalOcean.",
            (person, team) => WhyNotTake(person, team, cluster, fields),
            asked.Kind is ChangeKind.Create ? ManagedPools.Begin(fields) : ManagedPools.Update(fields),
            cancellationToken);
    }

    // Whose pool it becomes may see its password: so what it is made of has to be within the team's rights.
    private static Refusal? WhyNotTake(Person person, Team team, ClusterInView cluster, PoolFields fields)
    {
        if (!(fields.User is null ? team.Uses(cluster.Facts.Identity, fields.Database) : team.Uses(cluster.Facts.Identity, fields.Database, fields.User)))
        {
            return new Refusal($"{team.Name} may not use the database {fields.Database} as {fields.User ?? "inbound user"}, so this pool cannot become theirs.");
        }

        return ChangePolicy.DecideUser(team, cluster, fields.User) switch
        {
            { Answer: LimitAnswer.Never, Words: var words } => new Refusal($"This pool cannot become theirs. {words}."),
            { Answer: LimitAnswer.Review, Words: var words } when !person.Has(Role.Admin) => new Refusal($"An admin can say that: {words}."),
            _ => null,
        };
    }

    private Task<Refusal?> SettleAsync(
        SessionKey session,
        PoolChange asked,
        string words,
        Func<Person, Team, Refusal?> whyNot,
        ManagedPools.Keeping keeping,
        CancellationToken cancellationToken) =>
        DecideAsync(
            session,
            asked.Id,
            (person, change) => (change.State, teams.Find(change.Team)) switch
            {
                (not (ChangeState.Conflict or ChangeState.NeedsPerson), _) => DecidedAlready,
                (_, null) => new Refusal($"There is no team {change.Team} any more."),
                (_, { } team) when !team.HasLead(person) && !person.Has(Role.Admin) => new Refusal($"A lead of {team.Name} or an admin can say that."),
                (_, { } team) => whyNot(person, team),
            },
            (change, now) =>
            {
                change.MoveTo(ChangeState.Done, now);
                change.Say(words);
                return AuditAction.TakenAsOurs;
            },
            async (work, change, token) =>
            {
                await keeping(work.Db, change, clock.GetUtcNow(), token);
                await Overtaking.FailOthersAsync(work, change, clock.GetUtcNow(), token);
            },
            cancellationToken);

    private async Task<Refusal?> DecideAsync(
        SessionKey session,
        long id,
        Func<Person, PoolChange, Refusal?> whyNot,
        Func<PoolChange, DateTimeOffset, string> decide,
        Func<AuditedWork, PoolChange, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken)
    {
        var read = await sessions.ReadAsync(session, cancellationToken);
        if (!read.TryGet(out var person, out var ended))
        {
            return ended;
        }

        Guid? cluster = null;
        try
        {
            var refusal = await audit.CommitAsync(
                async (work, token) =>
                {
                    var change = await work.Db.Set<PoolChange>().SingleOrDefaultAsync(row => row.Id == id, token);
                    if (change is null)
                    {
                        return new Refusal("There is no such change.");
                    }

                    if (whyNot(person, change) is { } refusal)
                    {
                        return refusal;
                    }

                    var action = decide(change, clock.GetUtcNow());
                    if (alongside is not null)
                    {
                        await alongside(work, change, token);
                        cluster = change.ClusterId;
                    }

                    work.Record(change.Entry(action, person));
                    return null;
                },
                cancellationToken);
            if (refusal is not null && refusal != DecidedAlready)
            {
                await refusals.RecordAsync(person, "decide a change", refusal, change: id);
            }

            if (refusal is null)
            {
                if (cluster is { } changed)
                {
                    await board.ReloadAsync(changed, CancellationToken.None);
                }

                feed.Notify(id);
            }

            return refusal;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("Something else happened to this change at the same moment. Look at it again.");
        }
    }
}
