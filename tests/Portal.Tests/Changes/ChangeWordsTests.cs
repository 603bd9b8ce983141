using Bunit;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes;

/// <summary>Every kind of change has its words in every state, and its own steps.</summary>
public sealed class ChangeWordsTests
{
    public static TheoryData<ChangeKind, ChangeState> Everything() =>
        [.. from kind in Enum.GetValues<ChangeKind>() from state in Enum.GetValues<ChangeState>() select (kind, state)];

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_heading_names_the_pool_or_the_user_and_no_two_kinds_that_wait_say_the_same(ChangeKind kind, ChangeState state)
    {
        var change = Change(kind, state);

        var heading = ChangeWords.Heading(change);

        (heading.Contains("checkout-app", StringComparison.Ordinal) || heading.Contains("new password of app", StringComparison.Ordinal)).ShouldBeTrue(heading);
        ChangeWords.TabTitle(change).ShouldContain("checkout-app");
        if (state is ChangeState.WaitingForReview)
        {
            Enum.GetValues<ChangeKind>().Select(other => ChangeWords.Heading(Change(other, state))).ShouldBeUnique();
        }
    }

    [Theory]
    [InlineData(ChangeKind.Create, "Checked policy, Approved, Asked DigitalOcean, Read back, Tested connection")]
    [InlineData(ChangeKind.Resize, "Checked policy, Approved, Asked DigitalOcean, Read back, Tested connection")]
    [InlineData(ChangeKind.Delete, "Checked policy, Approved, Asked DigitalOcean, Read back")]
    [InlineData(ChangeKind.Adopt, "Checked policy, Approved, Read back")]
    [InlineData(ChangeKind.ResetPassword, "Checked policy, Approved, Asked DigitalOcean")]
    public void Each_kind_has_the_steps_that_it_takes(ChangeKind kind, string steps)
    {
        ChangeKinds.StepsOf(kind).Select(ChangeWords.Of).ShouldBe(steps.Split(", "));
        using var context = new BunitContext();

        var list = context.Render<StepList>(parameters => parameters.Add(part => part.Change, Change(kind, ChangeState.Failed)));

        list.FindAll("li").Count.ShouldBe(steps.Split(", ").Length);
        list.FindAll("li.failed").ShouldHaveSingleItem().TextContent.ShouldContain("Checked policy");
    }

    private static PoolChange Change(ChangeKind kind, ChangeState state) => new()
    {
        FormId = Guid.NewGuid(),
        Kind = kind,
        State = state,
        ClusterId = Guid.NewGuid(),
        ClusterName = "orders-prod",
        PoolName = "checkout-app",
        Mode = PoolMode.Transaction,
        Size = 5,
        Database = "checkout",
        User = "app",
        Team = "Payments",
        RequesterId = "someone",
        RequesterName = "Someone",
        Decision = "within the limits",
        RequestedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
