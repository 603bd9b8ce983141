using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Portal.Access;

namespace Portal.Tests.Access.Sessions;

/// <summary>What a page says before its session ends, by a clock that the test moves.</summary>
public sealed class IdleDialogTests : BunitContext
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private SessionsUnderTest _test = null!;
    private SessionKey _key;
    private BunitJSModuleInterop _module = null!;

    [Fact]
    public async Task Nothing_is_said_until_two_minutes_before_the_end()
    {
        var dialog = await ShowAsync();

        _test.Clock.Advance(TimeSpan.FromMinutes(13) - Second);
        dialog.FindAll("h2").ShouldBeEmpty();
        _module.Invocations["open"].ShouldBeEmpty();

        _test.Clock.Advance(Second);
        dialog.WaitForAssertion(() => dialog.Find("h2").TextContent.ShouldBe("You will be signed out in 2 minutes"));
        dialog.WaitForAssertion(() => _module.Invocations["open"].Count.ShouldBe(1));
        dialog.Find("dialog").GetAttribute("role").ShouldBe("alertdialog");
        dialog.Find(".adm-idle-left").GetAttribute("aria-hidden").ShouldBe("true", "each second would be too much to listen to");
        dialog.Find("[role=status]").TextContent.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_speaks_at_one_minute_and_at_twenty_seconds()
    {
        var dialog = await WarnedAsync();
        var heard = new List<string>();

        for (var second = 0; second < 110; second++)
        {
            Pass(dialog, Second);
            if (dialog.Find("[role=status]").TextContent is { Length: > 0 } words && heard.LastOrDefault() != words)
            {
                heard.Add(words);
            }
        }

        heard.ShouldBe(["1 minute left.", "20 seconds left."]);
        dialog.Find(".adm-idle-left").TextContent.Trim().ShouldBe("0:10");
    }

    [Fact]
    public async Task To_stay_extends_the_session_and_gives_the_focus_back()
    {
        var dialog = await WarnedAsync();

        dialog.Find("[data-stay]").Click();

        dialog.WaitForAssertion(() => _module.Invocations["close"].Count.ShouldBe(1));
        dialog.FindAll("h2").ShouldBeEmpty();
        (await _test.RowsAsync())[0].LastActivityAt.ShouldBe(_test.Clock.GetUtcNow());
        _test.Feed.IsWarned(_key).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_done_in_another_tab_closes_it()
    {
        var dialog = await WarnedAsync();

        await _test.Sessions.TouchAsync(_key, CancellationToken.None);
        Pass(dialog, TimeSpan.FromSeconds(6));

        dialog.WaitForAssertion(() => dialog.FindAll("h2").ShouldBeEmpty());
        dialog.WaitForAssertion(() => _module.Invocations["close"].Count.ShouldBe(1));
    }

    [Fact]
    public async Task What_was_done_in_another_tab_keeps_it_from_being_said()
    {
        var dialog = await ShowAsync();
        _test.Clock.Advance(TimeSpan.FromMinutes(10));
        await _test.Sessions.TouchAsync(_key, CancellationToken.None);

        _test.Clock.Advance(TimeSpan.FromMinutes(4));

        dialog.FindAll("h2").ShouldBeEmpty();
        _module.Invocations["open"].ShouldBeEmpty();
    }

    [Fact]
    public async Task To_be_told_is_not_activity_and_at_the_end_the_page_leaves_to_where_one_comes_back_from()
    {
        var dialog = await WarnedAsync();
        var start = _test.Clock.GetUtcNow() - TimeSpan.FromMinutes(13);
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/pools/new?cluster=a");
        _test.Feed.IsWarned(_key).ShouldBeTrue("what a circuit sends while it is said does not count");

        for (var second = 0; second < 121; second++)
        {
            Pass(dialog, Second);
        }

        dialog.WaitForAssertion(() => new Uri(navigation.Uri).PathAndQuery.ShouldBe("/signed-out?reason=ended&returnUrl=%2Fpools%2Fnew%3Fcluster%3Da"));
        (await _test.RowsAsync())[0].LastActivityAt.ShouldBe(start);
    }

    [Fact]
    public async Task Signing_out_while_it_is_said_is_not_cut_short()
    {
        var dialog = await WarnedAsync();
        var navigation = Services.GetRequiredService<NavigationManager>();
        var before = navigation.Uri;

        await _test.Sessions.EndAsync(_key, SessionEnd.SignedOut, by: null, CancellationToken.None);
        Pass(dialog, TimeSpan.FromSeconds(6));

        navigation.Uri.ShouldBe(before, "the answer to the form leads to the provider");
    }

    [Fact]
    public async Task The_longest_life_is_said_once_and_cannot_be_extended()
    {
        var dialog = await ShowAsync();
        for (var minutes = 0; minutes < 476; minutes += 7)
        {
            _test.Clock.Advance(TimeSpan.FromMinutes(7));
            await _test.Sessions.TouchAsync(_key, CancellationToken.None);
        }

        _test.Clock.Advance(TimeSpan.FromMinutes(2));
        Pass(dialog, Second);
        dialog.WaitForAssertion(() => dialog.Find("h2").TextContent.ShouldBe("Your session ends in 2 minutes"));
        dialog.Find("p").TextContent.ShouldContain("cannot be longer");

        dialog.Find("[data-stay]").Click();
        Pass(dialog, TimeSpan.FromSeconds(60));

        dialog.FindAll("h2").ShouldBeEmpty();
        _module.Invocations["open"].Count.ShouldBe(1);
        (await _test.IsOpenAsync(_key)).ShouldBeTrue();
        Pass(dialog, TimeSpan.FromSeconds(60));
        (await _test.IsOpenAsync(_key)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_that_is_left_no_longer_holds_activity_back()
    {
        await WarnedAsync();

        await DisposeComponentsAsync();

        _test.Feed.IsWarned(_key).ShouldBeFalse();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _test.DisposeAsync();
    }

    private async Task<IRenderedComponent<IdleDialog>> WarnedAsync()
    {
        var dialog = await ShowAsync();
        _test.Clock.Advance(TimeSpan.FromMinutes(13));
        dialog.WaitForAssertion(() => dialog.Find("h2"));
        return dialog;
    }

    private async Task<IRenderedComponent<IdleDialog>> ShowAsync()
    {
        _test = await SessionsUnderTest.CreateAsync();
        _key = await _test.BeginAsync();
        Services.AddSingleton(_test.Sessions);
        Services.AddSingleton(_test.Feed);
        Services.AddSingleton<TimeProvider>(_test.Clock);
        Services.AddSingleton<AntiforgeryStateProvider>(new NoAntiforgery());
        Services.AddSingleton<AuthenticationStateProvider>(new SignedInAs(_key));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        _module = JSInterop.SetupModule("./js/idle.js");
        _module.Mode = JSRuntimeMode.Loose;
        return Render<IdleDialog>();
    }

    /// <summary>Time passes, and the page looks once more at what it is then.</summary>
    private void Pass(IRenderedComponent<IdleDialog> dialog, TimeSpan time)
    {
        _test.Clock.Advance(time);
        dialog.InvokeAsync(() => { }).GetAwaiter().GetResult();
    }

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }

    private sealed class SignedInAs(SessionKey key) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
            Task.FromResult(new AuthenticationState(SessionPrincipal.Of(SessionsUnderTest.Developer().Person, key)));
    }
}
