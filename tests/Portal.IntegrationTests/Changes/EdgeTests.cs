using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>The edges of the table of states that every kind of change has, one after the other for each kind.</summary>
public sealed class EdgeTests() : ExistingScene(server: null)
{
    private static readonly PoolFields Bigger = AsMade with { Size = 9 };
    private static readonly PoolFields InSession = AsMade with { Mode = PoolMode.Session };

    private SessionKey _developer;
    private SessionKey _lead;

    [Theory]
    [InlineData(ChangeKind.Create)]
    [InlineData(ChangeKind.Resize)]
    [InlineData(ChangeKind.Edit)]
    [InlineData(ChangeKind.Delete)]
    [InlineData(ChangeKind.ResetPassword)]
    public async Task What_was_certainly_not_done_waits_and_is_sent_again(ChangeKind kind)
    {
        await BeginAsync(kind);
        Spoil(kind, FaultKind.Throttle, delayMs: 1000);

        var waiting = await AskAsync(kind, now => now is { State: ChangeState.Approved, NotBefore: not null });
        waiting.Attempt.ShouldBe(0);
        waiting.Happened!.ShouldContain("rate limit is reached until");

        var change = await _portal.WaitAsync(waiting.Id, now => now.IsFinished);
        change.State.ShouldBe(ChangeState.Done);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, Postponed, Sent, Answered, Done]);
        Calls(kind).ShouldBe(2);
    }

    [Fact]
    public async Task An_adoption_waits_for_an_api_that_is_away_and_goes_on()
    {
        await BeginAsync(ChangeKind.Adopt);
        // Once more than a read is repeated.
        Fault(HttpMethod.Get, Pools, FaultKind.Status, times: 4, status: 503);

        var waiting = await AskAsync(ChangeKind.Adopt, now => now is { State: ChangeState.Approved, Happened: not null } || now.IsFinished);
        var change = await _portal.WaitAsync(waiting.Id, now => now.IsFinished);

        change.State.ShouldBe(ChangeState.Done);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Postponed, Answered, Done]);
        (await ManagedAsync())!.Fields.ShouldBe(AsMade);
    }

    [Theory]
    [InlineData(ChangeKind.Create)]
    [InlineData(ChangeKind.Resize)]
    [InlineData(ChangeKind.Edit)]
    [InlineData(ChangeKind.Delete)]
    [InlineData(ChangeKind.Adopt)]
    [InlineData(ChangeKind.ResetPassword)]
    public async Task What_waits_for_its_turn_is_withdrawn_by_who_asked_and_never_sent(ChangeKind kind)
    {
        await BeginAsync(kind);
        Fault(HttpMethod.Get, Pools, FaultKind.Status, times: 1000, status: 503);
        var waiting = await AskAsync(kind, now => now is { State: ChangeState.Approved, Happened: not null });

        // A turn may be at it at this moment; who withdraws is told, and tries again.
        await Eventually.BecomesTrueAsync(
            "it is withdrawn",
            async () => await _portal.Of<ChangeDecisions>().WithdrawAsync(SessionFor(kind), waiting.Id, CancellationToken.None) is null,
            TimeSpan.FromSeconds(10));
        _sandbox.Faults.Clear();

        (await _portal.WaitAsync(waiting.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Withdrawn);
        _portal.ActionsOf(waiting)[^1].ShouldBe(Withdrawn);
        Calls(kind).ShouldBe(0);
    }

    [Theory]
    [InlineData(ChangeKind.Create)]
    [InlineData(ChangeKind.Resize)]
    [InlineData(ChangeKind.Edit)]
    [InlineData(ChangeKind.Delete)]
    [InlineData(ChangeKind.ResetPassword)]
    public async Task A_definite_no_is_the_end_and_says_what_to_do(ChangeKind kind)
    {
        await BeginAsync(kind);
        Spoil(kind, FaultKind.Status, status: 403);

        var change = await AskAsync(kind);

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened.ShouldNotBeNullOrEmpty();
        change.ToDo.ShouldNotBeNullOrEmpty();
        Calls(kind).ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, Failed]);
    }

    [Theory]
    [InlineData(ChangeKind.Create, true)]
    [InlineData(ChangeKind.Create, false)]
    [InlineData(ChangeKind.Resize, true)]
    [InlineData(ChangeKind.Resize, false)]
    [InlineData(ChangeKind.Edit, true)]
    [InlineData(ChangeKind.Edit, false)]
    [InlineData(ChangeKind.Delete, true)]
    [InlineData(ChangeKind.Delete, false)]
    [InlineData(ChangeKind.ResetPassword, true)]
    [InlineData(ChangeKind.ResetPassword, false)]
    public async Task What_cannot_be_found_out_is_ended_by_a_person(ChangeKind kind, bool isDone)
    {
        await BeginAsync(kind);
        var books = await ManagedAsync();
        Spoil(kind, FaultKind.DropBefore, times: 10);
        var change = await AskAsync(kind);
        change.State.ShouldBe(ChangeState.NeedsPerson);
        change.ToDo.ShouldNotBeNullOrEmpty();
        Calls(kind).ShouldBe(kind is ChangeKind.ResetPassword ? 1 : 4);
        _sandbox.Faults.Clear();

        if (isDone)
        {
            await DoInThePanelAsync(kind);
        }

        await SayAsync(change, isDone);

        (await _portal.WaitAsync(change.Id, now => now.IsFinished)).State.ShouldBe(isDone ? ChangeState.Done : ChangeState.Failed);
        _portal.ActionsOf(change)[^1].ShouldBe(isDone ? TakenAsOurs : GivenUp);
        (await ManagedAsync())?.Fields.ShouldBe(isDone ? Wanted(kind) : books?.Fields);
        if (kind is ChangeKind.Delete && isDone)
        {
            (await ManagedAsync()).ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(ChangeKind.Create, true)]
    [InlineData(ChangeKind.Create, false)]
    [InlineData(ChangeKind.Resize, true)]
    [InlineData(ChangeKind.Resize, false)]
    [InlineData(ChangeKind.Edit, true)]
    [InlineData(ChangeKind.Edit, false)]
    [InlineData(ChangeKind.Delete, true)]
    [InlineData(ChangeKind.Delete, false)]
    public async Task What_somebody_else_does_while_our_answer_is_lost_is_a_conflict_that_a_person_ends(ChangeKind kind, bool isOurs)
    {
        await BeginAsync(kind);
        var theirs = AsMade with { Size = 3 };
        Spoil(kind, FaultKind.DropBefore);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 1000, status: 500);
        var unknown = await AskAsync(kind, now => now.State is ChangeState.Unknown);
        if (kind is ChangeKind.Create)
        {
            await InThePanelAsync(Name, theirs.Size, theirs.Database, theirs.User!);
        }
        else
        {
            await ChangeInThePanelAsync(theirs);
        }

        _sandbox.Faults.Clear();

        var change = await _portal.WaitAsync(unknown.Id, now => now.IsFinished || now.State is ChangeState.Conflict);
        change.State.ShouldBe(ChangeState.Conflict);
        change.Happened!.ShouldContain("size 3");
        (await AtDigitalOceanAsync()).ShouldBe(theirs, "what is somebody else's is not touched");

        if (kind is ChangeKind.Delete && isOurs)
        {
            await DeleteInThePanelAsync();
        }

        await SayAsync(change, isOurs);
        (await _portal.WaitAsync(change.Id, now => now.IsFinished)).State.ShouldBe(isOurs ? ChangeState.Done : ChangeState.Failed);
        (await ManagedAsync())?.Fields.ShouldBe(isOurs ? theirs : AsMade);
    }

    [Fact]
    public async Task Whoever_has_to_decide_sees_what_stands_there_now()
    {
        await BeginAsync(ChangeKind.Resize);
        Spoil(ChangeKind.Resize, FaultKind.DropBefore);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 1000, status: 500);
        var unknown = await AskAsync(ChangeKind.Resize, now => now.State is ChangeState.Unknown);
        await ChangeInThePanelAsync(AsMade with { Size = 3 });
        _sandbox.Faults.Clear();

        await _portal.WaitAsync(unknown.Id, now => now.State is ChangeState.Conflict);

        await Eventually.BecomesTrueAsync(
            "the inventory has what stands there",
            async () => (await _portal.Of<InventoryQueries>().FindAsync(SandboxClusters.OrdersProd, CancellationToken.None))!.Pool(Name)!.Size == 3,
            TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(10)]
    public async Task A_delete_is_not_sent_again_when_the_first_was_not_just_now_by_any_clock(int minutes)
    {
        await BeginAsync(ChangeKind.Delete);
        Spoil(ChangeKind.Delete, FaultKind.DropBefore);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 1000, status: 500);
        var unknown = await AskAsync(ChangeKind.Delete, now => now.State is ChangeState.Unknown);
        await _portal.DisposeAsync();
        _portal = await PortalHost.StartAsync(_sandbox, _database, settings => settings["Changes:Mode"] = "LookOnly");
        await _portal.Of<Database>().WriteAsync(
            (db, token) => db.Set<PoolChange>().Where(change => change.Id == unknown.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(change => change.FirstSentAt, unknown.FirstSentAt!.Value.AddMinutes(minutes)), token),
            CancellationToken.None);
        _sandbox.Faults.Clear();
        await RestartAsync(_ => { });

        (await _portal.WaitAsync(unknown.Id, now => now.IsFinished || now.State is ChangeState.NeedsPerson)).State.ShouldBe(ChangeState.NeedsPerson);
        Calls(ChangeKind.Delete).ShouldBe(1);
        (await AtDigitalOceanAsync()).ShouldBe(AsMade);
    }

    private static PoolFields? Wanted(ChangeKind kind) => kind switch
    {
        ChangeKind.Resize => Bigger,
        ChangeKind.Edit => InSession,
        ChangeKind.Delete => null,
        _ => AsMade,
    };

    private static HttpMethod Method(ChangeKind kind) => kind switch
    {
        ChangeKind.Resize or ChangeKind.Edit => HttpMethod.Put,
        ChangeKind.Delete => HttpMethod.Delete,
        _ => HttpMethod.Post,
    };

    private static string Path(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => Pools,
        ChangeKind.ResetPassword => "/v2/databases/*/users/*/reset_auth",
        _ => OnePool,
    };

    /// <summary>What the kind is about stands there: nothing, a pool of the team, or one that nobody answers for.</summary>
    private async Task BeginAsync(ChangeKind kind)
    {
        _developer = await _portal.SignInDeveloperAsync();
        _lead = await LeadAsync();
        if (kind is ChangeKind.Adopt)
        {
            await InThePanelAsync(Name, AsMade.Size, AsMade.Database, AsMade.User!);
            await _portal.ReadAsync(SandboxClusters.OrdersProd);
        }
        else if (kind is ChangeKind.Create)
        {
            await HasReadAllAsync();
        }
        else
        {
            await WithPoolAsync();
        }

        _before = _sandbox.Ledger.Count(Method(kind), Path(kind));
    }

    private int _before;

    private int Calls(ChangeKind kind) => _sandbox.Ledger.Count(Method(kind), Path(kind)) - _before;

    private SessionKey SessionFor(ChangeKind kind) => kind is ChangeKind.Adopt or ChangeKind.ResetPassword ? _lead : _developer;

    private void Spoil(ChangeKind kind, FaultKind fault, int times = 1, int? status = null, int? delayMs = null) =>
        Fault(Method(kind), Path(kind), fault, times, status, delayMs);

    private async Task<PoolChange> AskAsync(ChangeKind kind, Func<PoolChange, bool>? until = null) => kind switch
    {
        ChangeKind.Create => await CreateAsync(Name, until),
        ChangeKind.Resize => await DoAsync(_developer, Resize(Bigger.Size), until),
        ChangeKind.Edit => await DoAsync(_developer, Ask(kind) with { Mode = PoolMode.Session }, until),
        ChangeKind.Adopt => await DoAsync(_lead, Ask(kind) with { Team = "Payments" }, until),
        _ => await DoAsync(SessionFor(kind), Ask(kind), until),
    };

    private Task DoInThePanelAsync(ChangeKind kind) => kind switch
    {
        ChangeKind.Create => InThePanelAsync(Name, AsMade.Size, AsMade.Database, AsMade.User!),
        ChangeKind.Delete => DeleteInThePanelAsync(),
        ChangeKind.ResetPassword => Task.CompletedTask,
        _ => ChangeInThePanelAsync(Wanted(kind)!),
    };

    private async Task SayAsync(PoolChange change, bool isOurs)
    {
        var decisions = _portal.Of<ChangeDecisions>();
        (await (isOurs ? decisions.TakeAsOursAsync(_lead, change.Id, CancellationToken.None) : decisions.GiveUpAsync(_lead, change.Id, CancellationToken.None)))?.Message.ShouldBeNull();
    }
}
