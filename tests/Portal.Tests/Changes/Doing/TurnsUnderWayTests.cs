using Portal.Changes;

namespace Portal.Tests.Changes.Doing;

public sealed class TurnsUnderWayTests
{
    [Fact]
    public async Task A_turn_that_ends_at_once_is_forgotten_however_the_threads_run()
    {
        var turns = new TurnsUnderWay();
        using var ended = new CountdownEvent(1000);

        for (var change = 1; change <= 1000; change++)
        {
            turns.Start(change, () => Task.CompletedTask, () => ended.Signal());
        }

        await turns.EndedAsync();
        ended.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken).ShouldBeTrue();
        turns.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_turn_is_listed_before_it_begins_and_forgotten_before_its_end_is_told()
    {
        var turns = new TurnsUnderWay();
        var seen = new List<bool>();

        turns.Start(7, () =>
        {
            seen.Add(turns.Changes.Contains(7));
            return Task.CompletedTask;
        }, () => seen.Add(turns.Changes.Contains(7)));
        await turns.EndedAsync();

        seen.ShouldBe([true, false]);
    }

    [Fact]
    public async Task A_turn_that_fails_is_forgotten_too()
    {
        var turns = new TurnsUnderWay();
        var gate = new TaskCompletionSource();
        turns.Start(
            7,
            async () =>
            {
                await gate.Task;
                throw new InvalidOperationException("a bug");
            },
            () => { });

        var ended = turns.EndedAsync();
        gate.SetResult();
        await Should.ThrowAsync<InvalidOperationException>(ended);

        turns.Changes.Contains(7).ShouldBeFalse();
    }
}
