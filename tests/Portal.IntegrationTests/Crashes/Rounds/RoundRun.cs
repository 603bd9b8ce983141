using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.IntegrationTests.Crashes;

/// <summary>One round: changes in flight, faults, one kill, a restart, and the judgement.</summary>
internal sealed class RoundRun(CrashWorld world, RoundPlan plan)
{
    private static readonly TimeSpan UntilKilled = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan UntilSettled = TimeSpan.FromSeconds(90);

    private readonly Trouble _trouble = new(world, plan);
    private readonly HashSet<Guid> _taken = [];
    private readonly Dictionary<Guid, string> _refused = [];

    public async Task<RoundResult> RunAsync()
    {
        await world.PrepareAsync(plan);
        world.Seen += (await world.Sandbox.LedgerAsync(world.Seen)).Count;
        foreach (var fault in plan.Changes.SelectMany(change => change.Faults).Concat(plan.Readings))
        {
            await world.Sandbox.FaultAsync(fault);
        }

        var blind = BlindResult.OfAsync(plan);
        await AskAsync();
        var isReached = await DieAsync();
        var inFlight = await world.Books.UnderWayAsync();
        Hear();

        await _trouble.BeforeRestartAsync();
        await world.RestartAsync();
        await _trouble.AfterRestartAsync();
        world.Portal.Give(new Order { Freeze = false });
        await AskAgainAsync();
        await SettleAsync();
        await world.Sandbox.ClearFaultsAsync();

        var left = Verdicts(await EvidenceAsync());
        await LetPeopleDecideAsync();
        var evidence = await EvidenceAsync();
        world.Seen += evidence.Ledger.Count;
        await world.CollectSecretsAsync(plan);
        return new RoundResult
        {
            Seed = plan.Seed,
            Round = plan.Round,
            Engine = world.Database.Provider,
            Point = plan.Point,
            IsReached = isReached,
            InFlight = inFlight,
            Nuisances = plan.Nuisances,
            Changes = evidence.Changes.Count,
            Refused = [.. _refused.Values],
            Faults = Count(evidence.Ledger.Where(entry => entry.Fault is not null), entry => entry.Fault!.Value.ToString()),
            Ends = Count(evidence.Plan.Select(evidence.ChangeOf).OfType<PoolChange>(), change => EndOf(evidence, change)),
            Flaws = [.. left, .. Verdict.On(evidence)],
            SecretsFound = await world.SecretsFoundAsync(),
            Blind = await blind,
        };
    }

    private async Task AskAsync()
    {
        (await world.Portal.DoAsync(new Order { Freeze = true })).Refused.ShouldBeNull();
        Give(plan.Changes.Take(plan.Held));
        await world.Portal.AnsweredAsync();

        if (_trouble.IsOfDatabase)
        {
            // A database in trouble keeps the portal from its points; so it dies after that.
            await world.Portal.DoAsync(new Order { Freeze = false });
            await _trouble.DisturbDatabaseAsync();
            Arm();
        }
        else
        {
            Arm();
            world.Portal.Give(new Order { Freeze = false });
        }

        _trouble.JumpClock();
        Give(plan.Changes.Skip(plan.Held));
    }

    private void Give(IEnumerable<PlannedChange> changes)
    {
        foreach (var change in changes)
        {
            world.Portal.Give(change.ToOrder());
        }
    }

    private void Arm() => world.Portal.Give(new Order { Arm = new Arming(plan.Point, plan.Times) });

    /// <returns>Whether the portal died where the plan says.</returns>
    private async Task<bool> DieAsync()
    {
        await Eventually.BecomesTrueAsync(
            $"the portal dies {plan.Point} or has nothing more to do",
            async () => world.Portal.Process.HasExited || (world.Portal.IsAnswered && await world.Books.UnderWayAsync() == 0),
            UntilKilled);
        if (world.Portal.Process.HasExited)
        {
            return true;
        }

        await world.Portal.Process.KillAsync();
        return false;
    }

    private void Hear()
    {
        foreach (var answer in world.Portal.Answers())
        {
            if (answer is { Form: { } form, Change: not null })
            {
                _taken.Add(form);
                _refused.Remove(form);
            }
            else if (answer is { Form: { } refused, Refused: { } words })
            {
                _refused[refused] = words;
            }
        }
    }

    /// <summary>Whoever had no answer asks again, with the same form: a change that was taken in all the same is the same change.</summary>
    private async Task AskAgainAsync()
    {
        await Eventually.BecomesTrueAsync(
            "every request has its answer",
            async () =>
            {
                Give(plan.Changes.Where(change => !_taken.Contains(change.Form) && !IsRefusedForGood(change)));
                await world.Portal.AnsweredAsync();
                Hear();
                return plan.Changes.All(change => _taken.Contains(change.Form) || IsRefusedForGood(change));
            },
            UntilSettled);
    }

    private bool IsRefusedForGood(PlannedChange change) =>
        _refused.TryGetValue(change.Form, out var words) && !words.Contains("cannot write", StringComparison.Ordinal);

    /// <summary>What has no end after that is a flaw.</summary>
    private async Task SettleAsync()
    {
        try
        {
            await Eventually.BecomesTrueAsync("every change is finished or waits for a person", async () => await world.Books.UnderWayAsync() == 0, UntilSettled);
        }
        catch (TimeoutException)
        {
            // The verdict names those that are not.
        }
    }

    /// <summary>Before people decide: what waits for them must say what happened and what to do.</summary>
    private static IEnumerable<Flaw> Verdicts(Evidence evidence) =>
        from planned in evidence.Plan
        let change = evidence.ChangeOf(planned)
        where change is { State: ChangeState.Conflict or ChangeState.NeedsPerson } && (string.IsNullOrEmpty(change.Happened) || string.IsNullOrEmpty(change.ToDo))
        select new Flaw(FlawKind.HalfDone, $"{planned} waits for a person and does not say why");

    /// <summary>A lead looks at DigitalOcean, as the change asks for, and says how it stands.</summary>
    private async Task LetPeopleDecideAsync()
    {
        var evidence = await EvidenceAsync();
        foreach (var planned in plan.Changes)
        {
            if (evidence.ChangeOf(planned) is { State: ChangeState.Conflict or ChangeState.NeedsPerson } change)
            {
                await world.Portal.DoAsync(new Order { Word = new PersonsWord(change.Id, IsOurs: evidence.EffectsOf(planned) > 0) });
            }
        }
    }

    private async Task<Evidence> EvidenceAsync()
    {
        var standing = new Dictionary<(Guid, string), PoolFields>();
        foreach (var cluster in plan.Clusters)
        {
            foreach (var (name, fields) in await world.StandingAsync(cluster))
            {
                standing[(cluster, name)] = fields;
            }
        }

        return new Evidence
        {
            Plan = plan.Changes,
            Taken = _taken,
            Changes = await world.Books.ChangesAsync(plan.Clusters),
            Managed = await world.Books.PoolsAsync(plan.Clusters),
            Record = await world.Books.RecordAsync(),
            Ledger = await world.Sandbox.LedgerAsync(world.Seen),
            Standing = standing,
            Others = plan.Clusters.SelectMany(cluster => RoundPlan.PoolsOf(cluster, isOwned: false)).ToDictionary(
                pool => (pool.Cluster, pool.Name), pool => new PoolFields(PoolModes.Parse(pool.Mode)!.Value, pool.Size, pool.Database, pool.User)),
        };
    }

    private static string EndOf(Evidence evidence, PoolChange change)
    {
        var byPerson = evidence.Record.Any(row => row.ChangeId == change.Id && row.Action is (Audit.AuditAction.TakenAsOurs or Audit.AuditAction.GivenUp));
        return (byPerson ? "by a person: " : change.WasFoundAgain ? "found again: " : "") + change.State;
    }

    private static Dictionary<string, int> Count<T>(IEnumerable<T> all, Func<T, string> name) =>
        all.GroupBy(name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
}
