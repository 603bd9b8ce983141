using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes.Reviewing;

public sealed class ReviewWordsTests
{
    private static readonly PoolFields Before = new(PoolMode.Transaction, 5, "checkout", "app");

    [Theory]
    [InlineData(0, "a lead of Payments, or an admin, once one signs in")]
    [InlineData(1, "Lee 1")]
    [InlineData(2, "Lee 1 or Lee 2")]
    [InlineData(4, "Lee 1, Lee 2, Lee 3 or Lee 4")]
    [InlineData(6, "Lee 1, Lee 2, Lee 3, Lee 4 or 2 more")]
    public void Those_who_can_decide_are_named_up_to_four(int count, string words) =>
        ReviewWords.Who("Payments", new Deciders([.. Enumerable.Range(1, count).Select(Lee)], AreAdmins: false)).ShouldBe(words);

    [Fact]
    public void A_request_is_one_sentence()
    {
        ReviewWords.Sentence(Change(ChangeKind.Create, 30)).ShouldBe("Dana (Payments) asks for a transaction pool of 30 on orders-prod, database checkout, user app.");
        ReviewWords.Sentence(Change(ChangeKind.Create, 30, user: null)).ShouldEndWith("database checkout, an inbound user.");
        ReviewWords.Sentence(Change(ChangeKind.Resize, 30)).ShouldBe("Dana (Payments) asks for 30 connections in the place of 5 for checkout-app on orders-prod.");
        ReviewWords.Sentence(Change(ChangeKind.Edit, 5)).ShouldBe("Dana (Payments) asks to change checkout-app on orders-prod.");
        ReviewWords.Sentence(Change(ChangeKind.Delete, 5)).ShouldBe("Dana (Payments) asks to delete checkout-app on orders-prod.");
        ReviewWords.Sentence(Change(ChangeKind.Delete, 5, requester: PoolChange.PortalId)).ShouldBe("The end date of checkout-app on orders-prod has come: it is to be deleted.");
        ReviewWords.Sentence(Change(ChangeKind.Adopt, 5)).ShouldBe("Dana (Payments) asks to adopt checkout-app on orders-prod, database checkout, user app.");
        ReviewWords.Sentence(Change(ChangeKind.ResetPassword, 5)).ShouldBe("Dana (Payments) asks for a new password of app on orders-prod, the user of checkout-app.");
    }

    [Fact]
    public void Whoever_comes_second_is_told_who_was_first_and_what_they_decided()
    {
        var lee = Lee(1);

        Decided(change => change.Decide(ChangeState.Approved, lee, null, DateTimeOffset.UnixEpoch)).ShouldBe("Lee 1 approved this already.");
        Decided(change => change.Decide(ChangeState.Declined, lee, "too large", DateTimeOffset.UnixEpoch)).ShouldBe("Lee 1 declined this already: “too large”");
        Decided(change =>
        {
            (change.AskedSize, change.Size) = (30, 12);
            change.Decide(ChangeState.Approved, lee, null, DateTimeOffset.UnixEpoch);
        }).ShouldBe("Lee 1 approved this already, with 12 in the place of 30.");
        Decided(change => change.MoveTo(ChangeState.Withdrawn, DateTimeOffset.UnixEpoch)).ShouldBe("Dana has withdrawn this.");
        Decided(change => change.MoveTo(ChangeState.Expired, DateTimeOffset.UnixEpoch)).ShouldBe("This has expired: nobody decided in time.");
    }

    private static string Decided(Action<PoolChange> decide)
    {
        var change = Change(ChangeKind.Create, 30);
        decide(change);
        return ReviewWords.DecidedAlready(change);
    }

    private static Person Lee(int number) => new($"id-{number}", $"Lee {number}", new HashSet<Role> { Role.TeamLead }, new HashSet<string>());

    private static PoolChange Change(ChangeKind kind, int size, string? user = "app", string requester = "dana") => new()
    {
        FormId = Guid.NewGuid(),
        Kind = kind,
        State = ChangeState.WaitingForReview,
        ClusterId = Some.OrdersProd,
        ClusterName = "orders-prod",
        PoolName = "checkout-app",
        Mode = PoolMode.Transaction,
        Size = size,
        Database = "checkout",
        User = user,
        Before = kind is ChangeKind.Create ? null : StoredFields.Write(Before),
        Team = "Payments",
        RequesterId = requester,
        RequesterName = "Dana",
        Decision = "too large",
        RequestedAt = DateTimeOffset.UnixEpoch,
        ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
