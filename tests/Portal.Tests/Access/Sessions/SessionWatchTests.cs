using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Access;
using Portal.Audit;

namespace Portal.Tests.Access.Sessions;

/// <summary>An open page and the end of its session.</summary>
public sealed class SessionWatchTests
{
    private static readonly AuditActor Admin = new("admin", "Ada Admin");

    [Fact]
    public async Task An_open_page_hears_at_once_that_its_session_was_ended()
    {
        await using var test = await SessionsUnderTest.CreateAsync();
        var key = await test.BeginAsync();
        using var watch = Watch(test, key);
        var changed = new TaskCompletionSource<AuthenticationState>();
        watch.AuthenticationStateChanged += async state => changed.TrySetResult(await state);

        (await test.Sessions.EndFoundAsync(key.Hash(), SessionEnd.EndedByAdmin, Admin, CancellationToken.None)).ShouldBeTrue();

        (await changed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).User.Identity!.IsAuthenticated.ShouldBeFalse();
    }

    [Fact]
    public async Task The_end_of_another_session_and_an_extension_of_its_own_leave_a_page_alone()
    {
        await using var test = await SessionsUnderTest.CreateAsync();
        var key = await test.BeginAsync();
        var other = await test.BeginAsync("nonce-2");
        using var watch = Watch(test, key);
        var isChanged = false;
        watch.AuthenticationStateChanged += _ => isChanged = true;

        await test.Sessions.EndFoundAsync(other.Hash(), SessionEnd.EndedByAdmin, Admin, CancellationToken.None);
        await test.Sessions.StayAsync(key, CancellationToken.None);

        isChanged.ShouldBeFalse();
    }

    [Fact]
    public async Task Signing_out_is_not_cut_short_by_the_page_that_does_it()
    {
        await using var test = await SessionsUnderTest.CreateAsync();
        var key = await test.BeginAsync();
        using var watch = Watch(test, key);
        var isChanged = false;
        watch.AuthenticationStateChanged += _ => isChanged = true;

        await test.Sessions.EndAsync(key, SessionEnd.SignedOut, by: null, CancellationToken.None);

        isChanged.ShouldBeFalse("the browser is on its way to the provider");
    }

    [Fact]
    public async Task An_end_by_an_admin_is_recorded_with_who_did_it_and_is_done_once()
    {
        await using var test = await SessionsUnderTest.CreateAsync();
        var key = await test.BeginAsync();

        (await test.Sessions.EndFoundAsync(key.Hash(), SessionEnd.EndedByAdmin, Admin, CancellationToken.None)).ShouldBeTrue();
        (await test.Sessions.EndFoundAsync(key.Hash(), SessionEnd.EndedByAdmin, Admin, CancellationToken.None)).ShouldBeFalse();

        var row = (await test.AuditAsync()).Where(row => row.Action == AuditAction.SessionEnded).ShouldHaveSingleItem();
        row.ActorId.ShouldBe("admin");
        row.Details.ShouldBe("""{"person":"issuer|dana","why":"EndedByAdmin"}""");
        (await test.IsOpenAsync(key)).ShouldBeFalse();
    }

    private static SessionWatch Watch(SessionsUnderTest test, SessionKey key)
    {
        var watch = new SessionWatch(NullLoggerFactory.Instance, test.Sessions, test.Feed);
        watch.SetAuthenticationState(Task.FromResult(new AuthenticationState(SessionPrincipal.Of(SessionsUnderTest.Developer().Person, key))));
        return watch;
    }
}
