using System.Collections.Concurrent;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Two portals on one database, and a person in DigitalOcean's panel who knows nothing of them, work on the same clusters under faults.</summary>
public sealed class TwoPortalsTests(SandboxFixture server) : IAsyncLifetime
{
    private const int Seed = 11;
    private const int Rounds = 3;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    private readonly RoundPlan[] _plans = [.. Enumerable.Range(0, Rounds).Select(round => RoundPlan.Draw(Seed, round))];

    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;
    private PortalHost[] _portals = null!;
    private SandboxApi _api = null!;

    private IReadOnlyList<PlannedChange> Changes => [.. _plans.SelectMany(plan => plan.Changes)];

    private IReadOnlyList<Guid> Clusters => [.. _plans.SelectMany(plan => plan.Clusters)];

    public async ValueTask InitializeAsync()
    {
        _sandbox = await ColdSandbox.StartAsync(options => options with
        {
            Clusters = Rounds * RoundPlan.ClustersInRound,
            RequestsPerMinute = int.MaxValue,
            RequestsPerHour = int.MaxValue,
        });
        _database = await TestDatabase.PostgreSqlAsync(server.Host);
        _api = new SandboxApi(_sandbox);
        foreach (var cluster in Clusters)
        {
            await CrashClusters.PrepareAsync(_api, cluster);
        }

        _portals = [await StartAsync(), await StartAsync()];
        await OwnedPools.WriteAsync(
            _portals[0].Of<InventoryReader>(), _portals[0].Of<Database>(), [.. Clusters.SelectMany(cluster => RoundPlan.PoolsOf(cluster, isOwned: true))], TimeProvider.System.GetUtcNow());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var portal in _portals)
        {
            await portal.DisposeAsync();
        }

        _api.Dispose();
        await _sandbox.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Each_change_is_carried_out_once_and_nothing_of_the_panels_is_touched()
    {
        var began = _sandbox.Ledger.Entries.Count;
        foreach (var fault in Changes.SelectMany(change => change.Faults))
        {
            _sandbox.Faults.Add(fault);
        }

        var panel = new PanelPerson(_api, Clusters, Seed);
        var books = new Books(_database);
        var heard = _portals.Select(_ => new ConcurrentDictionary<long, bool>()).ToArray();
        foreach (var (number, portal) in _portals.Index())
        {
            portal.Of<ChangeFeed>().Moved += change => heard[number][change] = true;
        }

        var working = panel.WorkAsync();
        var taken = await AskAsync();
        await Eventually.BecomesTrueAsync(
            "every change is finished or waits for a person",
            async () => await books.UnderWayAsync() == 0,
            Soon);
        await working;
        _sandbox.Faults.Clear();

        var evidence = await EvidenceAsync(books, taken, _sandbox.Ledger.Since(began));
        panel.Done.ShouldBeGreaterThan(20);
        evidence.Changes.Count.ShouldBe(taken.Count);
        var flaws = Verdict.OnChanges(evidence).Where(flaw => !IsExplained(evidence, flaw)).Select(flaw => flaw.Words).ToList();
        flaws.ShouldBeEmpty();
        SomeRecord.FirstBroken(evidence.Record).ShouldBeNull();
        foreach (var here in heard)
        {
            await Eventually.BecomesTrueAsync("pages of each portal have heard of every change, whoever carried it out", () => evidence.Changes.All(change => here.ContainsKey(change.Id)), Soon);
        }

        // Pools that the person never touched are what the books say, unless a change of them still waits for somebody's word.
        var open = evidence.Changes.Where(change => !change.IsFinished).Select(change => (change.ClusterId, change.PoolName)).ToHashSet();
        var untouched = evidence.Managed.Where(pool => !panel.Touched.Contains((pool.ClusterId, pool.Name)) && !open.Contains((pool.ClusterId, pool.Name))).ToList();
        untouched.Count.ShouldBeGreaterThan(40);
        untouched.ShouldAllBe(pool => evidence.Standing.GetValueOrDefault(ValueTuple.Create(pool.ClusterId, pool.Name)) == pool.Fields);
    }

    /// <summary>Every second request goes to the other portal; what the panel did meanwhile may be a reason to refuse one.</summary>
    private async Task<HashSet<Guid>> AskAsync()
    {
        var taken = new HashSet<Guid>();
        foreach (var (number, planned) in Changes.Index())
        {
            var portal = _portals[number % 2];
            var role = planned.Kind is ChangeKind.Adopt or ChangeKind.ResetPassword ? Role.TeamLead : Role.Developer;
            var session = await portal.SignInAsync($"{role}", role, "payments", "payments-leads");
            var order = planned.ToOrder();
            var answer = order.Create is { } create
                ? await portal.Of<ChangeRequests>().SubmitAsync(session, create, CancellationToken.None)
                : await portal.Of<ChangeRequests>().SubmitAsync(session, order.Existing!, CancellationToken.None);
            if (answer.TryGet(out _, out _))
            {
                taken.Add(planned.Form);
            }
        }

        return taken;
    }

    /// <summary>
    /// A person's word is still to come: about a conflict, or about a pool for which the panel's own have left less than the rules ask for. Or the
    /// person in the panel has deleted what we were asked to delete, which both wanted.
    /// </summary>
    private static bool IsExplained(Evidence evidence, Flaw flaw) => evidence.Plan.Any(planned =>
        flaw.Words.Contains($"{planned}", StringComparison.Ordinal)
        && evidence.ChangeOf(planned) is { } change
        && (change is { State: ChangeState.Conflict or ChangeState.NeedsPerson, Happened: not null, ToDo: not null }
            || (change is { State: ChangeState.WaitingForReview } && evidence.EffectsOf(planned) == 0)
            || (change is { Kind: ChangeKind.Delete, State: ChangeState.Done, WasFoundAgain: true } && flaw.Kind is FlawKind.Lost)));

    private async Task<Evidence> EvidenceAsync(Books books, IReadOnlySet<Guid> taken, IReadOnlyList<LedgerEntry> ledger)
    {
        var standing = new Dictionary<(Guid, string), PoolFields>();
        foreach (var cluster in Clusters)
        {
            foreach (var (name, fields) in await CrashClusters.StandingAsync(_api, cluster))
            {
                standing[(cluster, name)] = fields;
            }
        }

        return new Evidence
        {
            Plan = Changes,
            Taken = taken,
            Changes = await books.ChangesAsync(Clusters),
            Managed = await books.PoolsAsync(Clusters),
            Record = await books.RecordAsync(),
            Ledger = ledger,
            Standing = standing,
            Others = new Dictionary<(Guid, string), PoolFields>(),
        };
    }

    private Task<PortalHost> StartAsync() => PortalHost.StartAsync(_sandbox, _database, settings =>
    {
        settings["Teams:0:Uses:2:Cluster"] = "cluster-*";
        settings["Teams:0:Uses:2:Database"] = "app";
        settings["Teams:0:Uses:2:User"] = "app*";
    });
}
