using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Portal.Access;
using static Portal.Tests.Access.Sessions.SessionsUnderTest;

namespace Portal.Tests.Access.Sessions;

public sealed class SessionStoreTests
{
    [Fact]
    public async Task A_ticket_becomes_a_row_and_comes_back_with_the_key_and_the_end()
    {
        await using var test = await CreateAsync();

        var key = await test.Store.StoreAsync(Ticket(), TestContext.Current.CancellationToken);
        var ticket = await test.Store.RetrieveAsync(key, Page("/"), CancellationToken.None);

        ticket.ShouldNotBeNull();
        SessionKey.Of(ticket.Principal).ShouldBe(new SessionKey(key));
        ticket.Principal.Identity!.Name.ShouldBe("Dana Developer");
        ticket.Principal.IsInRole("Developer").ShouldBeTrue();
        ticket.Principal.IsInRole("Admin").ShouldBeFalse();
        ticket.Properties.ExpiresUtc.ShouldBe(test.Clock.GetUtcNow().AddHours(8));
    }

    [Fact]
    public async Task A_ticket_from_anywhere_else_than_the_sign_in_is_a_bug()
    {
        await using var test = await CreateAsync();
        var ticket = new AuthenticationTicket(SessionPrincipal.Of(Developer().Person, session: null), "session");

        await Should.ThrowAsync<InvalidOperationException>(() => test.Store.StoreAsync(ticket, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_lead_is_drawn_as_a_developer_too()
    {
        await Task.CompletedTask;
        var lead = new Person("id", "Lee Lead", new HashSet<Role> { Role.TeamLead }, new HashSet<string>(StringComparer.Ordinal));

        SessionPrincipal.Of(lead, session: null).IsInRole("Developer").ShouldBeTrue();
    }

    [Fact]
    public async Task Opening_a_page_is_activity_and_is_written_at_most_once_a_minute()
    {
        await using var test = await CreateAsync();
        var key = await test.Store.StoreAsync(Ticket(), TestContext.Current.CancellationToken);
        var start = test.Clock.GetUtcNow();

        test.Clock.Advance(TimeSpan.FromSeconds(59));
        await test.Store.RetrieveAsync(key, Page("/pools/new"), CancellationToken.None);
        (await test.RowsAsync())[0].LastActivityAt.ShouldBe(start);

        test.Clock.Advance(TimeSpan.FromSeconds(1));
        await test.Store.RetrieveAsync(key, Page("/pools/new"), CancellationToken.None);
        (await test.RowsAsync())[0].LastActivityAt.ShouldBe(start.AddMinutes(1));
    }

    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/_blazor/disconnect")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/health/ready")]
    public async Task What_a_page_asks_for_by_itself_is_not_activity(string path)
    {
        await using var test = await CreateAsync();
        var key = await test.Store.StoreAsync(Ticket(), TestContext.Current.CancellationToken);
        var start = test.Clock.GetUtcNow();

        test.Clock.Advance(TimeSpan.FromMinutes(10));
        (await test.Store.RetrieveAsync(key, Page(path), CancellationToken.None)).ShouldNotBeNull();

        (await test.RowsAsync())[0].LastActivityAt.ShouldBe(start);
    }

    [Fact]
    public async Task A_new_sign_in_ends_the_session_that_the_browser_came_with()
    {
        await using var test = await CreateAsync();
        var key = await test.Store.StoreAsync(Ticket(), TestContext.Current.CancellationToken);
        var request = Page("/signin-oidc");
        request.Items[SessionStore.NewSignIn] = true;

        (await test.Store.RetrieveAsync(key, request, CancellationToken.None)).ShouldBeNull();

        (await test.RowsAsync())[0].EndedBecause.ShouldBe(SessionEnd.SignedInAgain);
        (await test.Store.RetrieveAsync(key, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_removed_session_is_over()
    {
        await using var test = await CreateAsync();
        var key = await test.Store.StoreAsync(Ticket(), TestContext.Current.CancellationToken);

        await test.Store.RemoveAsync(key, TestContext.Current.CancellationToken);

        (await test.Store.RetrieveAsync(key, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_is_not_renewed()
    {
        await using var test = await CreateAsync();
        var key = await test.Store.StoreAsync(Ticket(), TestContext.Current.CancellationToken);

        await Should.ThrowAsync<NotSupportedException>(() => test.Store.RenewAsync(key, Ticket()));
    }

    private static AuthenticationTicket Ticket()
    {
        var properties = new AuthenticationProperties();
        properties.SetParameter(SignedIn.Parameter, Developer());
        return new AuthenticationTicket(SessionPrincipal.Of(Developer().Person, session: null), properties, "session");
    }

    private static DefaultHttpContext Page(string path)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = path;
        return context;
    }
}
