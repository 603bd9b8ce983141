using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>Requests of the team Payments that wait, and the people who may decide them or not.</summary>
public abstract class ReviewScene(SandboxFixture? server) : ExistingScene(server)
{
    private protected const string PersonOf = "test|";

    private protected ChangeReviews Reviews => _portal.Of<ChangeReviews>();

    private protected Task<SessionKey> OtherLeadAsync() => _portal.SignInAsync("lead3", Role.TeamLead, "payments", "payments-leads");

    private protected Task<SessionKey> LeadOfOrdersAsync() => _portal.SignInAsync("lead2", Role.TeamLead, "orders", "orders-leads");

    private protected Task<SessionKey> AdminAsync(string name = "admin") => _portal.SignInAsync(name, Role.Admin);

    /// <summary>Somebody with more than one role.</summary>
    private protected Task<SessionKey> SignInAsync(string name, Role[] roles, params string[] groups) => _portal.Of<Sessions>().BeginAsync(
        new SignedIn
        {
            Person = new Person(PersonOf + name, name, roles.ToHashSet(), groups.ToHashSet(StringComparer.Ordinal)),
            IdToken = "not-a-token",
            Nonce = $"{name}-{Guid.NewGuid():N}",
        },
        CancellationToken.None);

    /// <summary>A pool of 30 is above what is given at once on orders-prod, and within its budget.</summary>
    private protected async Task<PoolChange> WaitingAsync(SessionKey? by = null, string name = Name, string size = "30") =>
        await _portal.SubmitAsync(by ?? await _portal.SignInDeveloperAsync(), Request(name, size));

    private protected async Task<PoolChange> NowAsync(PoolChange change) => (await _portal.Of<ChangeQueries>().FindAsync(change.Id, CancellationToken.None))!;

    private protected async Task<PoolChange> DoneAsync(PoolChange change) =>
        await _portal.WaitAsync(change.Id, now => now.IsFinished || now.State is ChangeState.Conflict or ChangeState.NeedsPerson);

    private protected Task<NotTaken?> ApproveAsync(SessionKey session, PoolChange change, string? note = null) =>
        Reviews.ApproveAsync(session, change.Id, note, CancellationToken.None);

    private protected Task<NotTaken?> SmallerAsync(SessionKey session, PoolChange change, string? size, string? note = null) =>
        Reviews.ApproveSmallerAsync(session, change.Id, size, note, CancellationToken.None);

    private protected Task<NotTaken?> DeclineAsync(SessionKey session, PoolChange change, string? reason = "Ask for 12.") =>
        Reviews.DeclineAsync(session, change.Id, reason, CancellationToken.None);

    private protected Task<NotTaken?> SeenAsync(SessionKey session, PoolChange change) => Reviews.MarkSeenAsync(session, change.Id, CancellationToken.None);

    private protected static string WordsOf(NotTaken? notTaken) => notTaken?.Message ?? notTaken?.Mistakes[0].Message ?? "";

    private protected AuditRow RowOf(PoolChange change, string action) => _portal.Record.Single(row => row.ChangeId == change.Id && row.Action == action);

    /// <summary>Every decision that there is, tried by one person; each must be refused with these words, and nothing may happen.</summary>
    private protected async Task MayNotAsync(SessionKey session, PoolChange change, string words)
    {
        WordsOf(await ApproveAsync(session, change)).ShouldContain(words);
        WordsOf(await SmallerAsync(session, change, "12")).ShouldContain(words);
        WordsOf(await DeclineAsync(session, change)).ShouldContain(words);
        WordsOf(await SeenAsync(session, change)).ShouldContain(words);

        var now = await NowAsync(change);
        now.State.ShouldBe(ChangeState.WaitingForReview);
        (now.DecidedById, now.SeenById).ShouldBe((null, null));
        _portal.ActionsOf(change).ShouldBeSubsetOf([AuditAction.Requested, AuditAction.SentForReview, AuditAction.ActionRefused]);
    }
}
