using System.Collections.Concurrent;
using System.Diagnostics;
using Portal.Access;
using Portal.Changes;
using Portal.IntegrationTests.Changes;

namespace Portal.IntegrationTests.Operations;

/// <summary>From the click to DigitalOcean's request id.</summary>
public sealed class ChangeTraceTests : ChangeScene, IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivitySource _pages = new("Portal.Tests");
    private readonly ActivityListener _listener;

    public ChangeTraceTests()
        : base(server: null)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Portal.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _pages.Dispose();
    }

    [Fact]
    public async Task A_change_is_one_trace_that_the_click_leads_to_and_that_goes_on_after_a_restart()
    {
        var form = Guid.NewGuid();
        await RestartSealedAsync();
        var session = await _portal.SignInDeveloperAsync();
        PoolChange change;
        Activity click;
        using (click = _pages.StartActivity("click")!)
        {
            change = await _portal.SubmitAsync(session, Request(form: form));
        }

        await _portal.WaitAsync(change.Id, now => now is { State: ChangeState.Approved, Happened: not null });
        var before = Of(form).Count(activity => activity.OperationName == "change turn");
        _sandbox.Unseal();
        await RestartAsync(_ => { });
        (await _portal.WaitAsync(change.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);

        var asked = Of(form).Where(activity => activity.OperationName == "change asked").ShouldHaveSingleItem();
        asked.Links.ShouldHaveSingleItem().Context.TraceId.ShouldBe(click.TraceId);
        click.TraceId.ShouldNotBe(asked.TraceId);
        click.Links.ShouldHaveSingleItem().Context.TraceId.ShouldBe(asked.TraceId);
        before.ShouldBeGreaterThan(0);
        await Eventually.BecomesTrueAsync(
            "the turn after the restart ended",
            () => Of(form).Any(activity => activity.OperationName == "change turn" && Equals(activity.GetTagItem("pool_portal.change.state"), "done")),
            TimeSpan.FromSeconds(30));
        var call = Of(form).Where(activity => activity.OperationName == "databases_add_connectionPool").ShouldHaveSingleItem();
        call.GetTagItem("digitalocean.request_id").ShouldBe(_portal.ReadAll<PoolChange>().Single().ApiRequestId);
        call.GetTagItem("http.response.status_code").ShouldBe(201);
        Of(form).Single(activity => activity.SpanId == call.ParentSpanId).OperationName.ShouldBe("change turn");
        Of(form).ShouldAllBe(activity => !activity.DisplayName.Contains(change.PoolName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decision_is_in_the_trace_of_the_change_and_one_that_is_refused_is_not()
    {
        var form = Guid.NewGuid();
        var change = await _portal.SubmitAsync(await _portal.SignInDeveloperAsync(), Request(size: "30", form: form));
        var reviews = _portal.Of<ChangeReviews>();

        (await reviews.ApproveAsync(await _portal.SignInAsync("other", Role.TeamLead, "orders", "orders-leads"), change.Id, "looks right", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        Of(form).ShouldNotContain(activity => activity.OperationName == "change decided");
        (await reviews.DeclineAsync(await _portal.SignInAsync("lead", Role.TeamLead, "payments", "payments-leads"), change.Id, "too large for what it does", TestContext.Current.CancellationToken)).ShouldBeNull();

        Of(form).Where(activity => activity.OperationName == "change decided").ShouldHaveSingleItem().GetTagItem("pool_portal.change.state").ShouldBe("declined");
    }

    private List<Activity> Of(Guid form) => [.. _ended.Where(activity => activity.TraceId.ToHexString() == form.ToString("N"))];
}
