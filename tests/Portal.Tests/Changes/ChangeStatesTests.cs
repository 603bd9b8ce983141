using Portal.Changes;

namespace Portal.Tests.Changes;

public sealed class ChangeStatesTests
{
    // The table of docs/reliability.md, written a second time on purpose.
    private static readonly Dictionary<ChangeState, ChangeState[]> Table = new()
    {
        [ChangeState.WaitingForReview] = [ChangeState.Approved, ChangeState.Declined, ChangeState.Withdrawn, ChangeState.Expired, ChangeState.Failed],
        [ChangeState.Approved] = [ChangeState.Running, ChangeState.Withdrawn, ChangeState.Failed],
        [ChangeState.Running] = [ChangeState.Done, ChangeState.Failed, ChangeState.Approved, ChangeState.Unknown, ChangeState.Conflict],
        [ChangeState.Unknown] = [ChangeState.Done, ChangeState.Running, ChangeState.Conflict, ChangeState.NeedsPerson],
        [ChangeState.Conflict] = [ChangeState.Done, ChangeState.Failed],
        [ChangeState.NeedsPerson] = [ChangeState.Done, ChangeState.Failed],
    };

    [Fact]
    public void Every_step_of_the_table_is_possible_and_no_other()
    {
        foreach (var from in Enum.GetValues<ChangeState>())
        {
            foreach (var to in Enum.GetValues<ChangeState>())
            {
                var expected = Table.TryGetValue(from, out var next) && next.Contains(to);
                to.MayFollow(from).ShouldBe(expected, $"{from} to {to}");
            }
        }
    }

    [Fact]
    public void What_is_finished_stays_as_it_is()
    {
        foreach (var finished in ChangeStates.Finished)
        {
            Enum.GetValues<ChangeState>().ShouldAllBe(to => !to.MayFollow(finished));
        }
    }

    [Fact]
    public void Every_state_is_either_finished_or_waiting_or_active() =>
        Enum.GetValues<ChangeState>().ShouldBe(
            [.. ChangeStates.Finished, .. ChangeStates.Active, ChangeState.WaitingForReview],
            ignoreOrder: true);
}
