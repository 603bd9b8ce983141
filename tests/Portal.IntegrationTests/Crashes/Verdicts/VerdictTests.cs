using Portal.Audit;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Crashes;

/// <summary>The judge of the crash harness, judged: each thing that must never be is seen when it is there.</summary>
public sealed class VerdictTests
{
    private const string Pool = "made-01";

    private static readonly Guid Cluster = SandboxClusters.Extra(1);
    private static readonly PoolFields Fields = new(PoolMode.Transaction, 5, "app", "app");

    private static readonly PlannedChange Planned = new(Guid.NewGuid(), ChangeKind.Create, Cluster, Pool, Before: null, Fields, Faults: []);

    [Fact]
    public void What_went_well_has_no_flaw() => Verdict.On(Well()).ShouldBeEmpty();

    [Fact]
    public void A_change_that_was_taken_in_and_is_gone_is_lost() =>
        Kinds(Well() with { Changes = [], Ledger = [], Standing = Nothing, Managed = [], Record = [] }).ShouldBe([FlawKind.Lost]);

    [Fact]
    public void A_change_that_is_done_and_took_no_effect_is_lost() =>
        Kinds(Well() with { Ledger = [Call(Effect.None)] }).ShouldBe([FlawKind.Lost]);

    [Fact]
    public void A_change_that_took_effect_twice_is_doubled_and_its_second_call_had_no_intent() =>
        Kinds(Well() with { Ledger = [Call(Effect.Created), Call(Effect.Created)] }).ShouldBe([FlawKind.Doubled, FlawKind.NotRecorded]);

    [Fact]
    public void A_change_that_failed_and_took_effect_is_half_done() =>
        Kinds(Well() with { Changes = [Change(ChangeState.Failed)], Record = Record(AuditAction.Requested, AuditAction.Sent, AuditAction.Failed) }).ShouldBe([FlawKind.HalfDone]);

    [Theory]
    [InlineData(ChangeState.Approved)]
    [InlineData(ChangeState.Running)]
    [InlineData(ChangeState.Unknown)]
    [InlineData(ChangeState.NeedsPerson)]
    public void A_change_without_an_end_is_half_done(ChangeState state) =>
        Kinds(Well() with { Changes = [Change(state)], Record = Record(AuditAction.Requested, AuditAction.Sent) }).ShouldBe([FlawKind.HalfDone]);

    [Fact]
    public void A_failure_without_a_word_is_half_done()
    {
        var change = Change(ChangeState.Failed);
        change.Happened = null;
        Kinds(Well() with { Changes = [change], Ledger = [], Standing = Nothing, Managed = [], Record = Record(AuditAction.Requested, AuditAction.Failed) }).ShouldBe([FlawKind.HalfDone]);
    }

    [Fact]
    public void Books_that_say_something_else_than_what_stands_are_half_done()
    {
        Kinds(Well() with { Standing = Nothing }).ShouldBe([FlawKind.HalfDone]);
        Kinds(Well() with { Managed = [] }).ShouldBe([FlawKind.HalfDone]);
        Kinds(Well() with { Standing = new Dictionary<(Guid, string), PoolFields> { [(Cluster, Pool)] = Fields with { Size = 6 } } }).ShouldBe([FlawKind.HalfDone]);
    }

    [Fact]
    public void A_record_without_the_end_or_the_intent_or_with_a_row_changed_is_seen()
    {
        Kinds(Well() with { Record = Record(AuditAction.Requested, AuditAction.Sent) }).ShouldBe([FlawKind.NotRecorded]);
        Kinds(Well() with { Record = Record(AuditAction.Requested, AuditAction.Done) }).ShouldBe([FlawKind.NotRecorded]);
        var rows = Record(AuditAction.Requested, AuditAction.Sent, AuditAction.Done);
        Kinds(Well() with { Record = [rows[0], rows[1] with { Pool = "another" }, rows[2]] }).ShouldBe([FlawKind.NotRecorded]);
    }

    private static IReadOnlyDictionary<(Guid, string), PoolFields> Nothing => new Dictionary<(Guid, string), PoolFields>();

    private static FlawKind[] Kinds(Evidence evidence) => [.. Verdict.On(evidence).Select(flaw => flaw.Kind)];

    private static Evidence Well() => new()
    {
        Plan = [Planned],
        Taken = new HashSet<Guid> { Planned.Form },
        Changes = [Change(ChangeState.Done)],
        Managed =
        [
            new ManagedPool
            {
                ClusterId = Cluster,
                Name = Pool,
                Team = "Payments",
                OwnerId = "someone",
                OwnerName = "Someone",
                Mode = Fields.Mode,
                Size = Fields.Size,
                Database = Fields.Database,
                User = Fields.User,
                ManagedSince = DateTimeOffset.UnixEpoch,
                LastChangeId = 1,
                LastChangedAt = DateTimeOffset.UnixEpoch,
            },
        ],
        Record = Record(AuditAction.Requested, AuditAction.Sent, AuditAction.Done),
        Ledger = [Call(Effect.Created)],
        Standing = new Dictionary<(Guid, string), PoolFields> { [(Cluster, Pool)] = Fields },
        Others = Nothing,
    };

    private static PoolChange Change(ChangeState state) => new()
    {
        Id = 1,
        FormId = Planned.Form,
        Kind = ChangeKind.Create,
        State = state,
        ClusterId = Cluster,
        ClusterName = "cluster-0001",
        PoolName = Pool,
        Mode = Fields.Mode,
        Size = Fields.Size,
        Database = Fields.Database,
        User = Fields.User,
        Team = "Payments",
        RequesterId = "someone",
        RequesterName = "Someone",
        Decision = "within the rules",
        RequestedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
        Happened = "something",
    };

    private static LedgerEntry Call(Effect effect) => new(
        1, DateTimeOffset.UnixEpoch, "POST", Planned.Path, Operation: null, Token: null, Status: 201, Delivery.Sent, effect, Pool, RequestId: null, Fault: null);

    private static List<AuditRow> Record(params string[] actions)
    {
        var rows = new List<AuditRow>();
        var end = (Sequence: 0L, Hash: AuditChain.Nothing);
        foreach (var action in actions)
        {
            var row = AuditChain.Next(end, new AuditEntry(action) { Actor = AuditActor.Portal, ChangeId = 1, Pool = Pool }, DateTimeOffset.UnixEpoch);
            rows.Add(row);
            end = (row.Sequence, row.Hash);
        }

        return rows;
    }
}
