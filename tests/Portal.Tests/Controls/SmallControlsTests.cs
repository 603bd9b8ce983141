using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Portal.Controls;

namespace Portal.Tests.Controls;

public sealed class SmallControlsTests : BunitContext
{
    [Theory]
    [InlineData(StatusKind.Success, "live")]
    [InlineData(StatusKind.Busy, "being made")]
    [InlineData(StatusKind.Waiting, "waiting for review")]
    [InlineData(StatusKind.Warning, "drift")]
    [InlineData(StatusKind.Danger, "failed")]
    [InlineData(StatusKind.Neutral, "unmanaged")]
    public void A_status_is_an_icon_and_a_word(StatusKind kind, string text)
    {
        var status = Render<StatusWord>(parameters => parameters.Add(status => status.Kind, kind).Add(status => status.Text, text));

        status.Find(".status").TextContent.Trim().ShouldBe(text);
        status.FindAll("svg[aria-hidden=true]").Count.ShouldBe(1);
        status.Find(".status").ClassList.ShouldContain($"status-{kind.ToString().ToLowerInvariant()}");
    }

    [Fact]
    public void Each_icon_draws_something_and_says_nothing()
    {
        foreach (var name in Enum.GetValues<IconName>())
        {
            var icon = Render<Icon>(parameters => parameters.Add(icon => icon.Name, name)).Find("svg");

            icon.Children.ShouldNotBeEmpty(name.ToString());
            icon.GetAttribute("aria-hidden").ShouldBe("true");
        }
    }

    [Theory]
    [InlineData(NoticeKind.Info, false, null)]
    [InlineData(NoticeKind.Error, false, null)]
    [InlineData(NoticeKind.Info, true, "status")]
    [InlineData(NoticeKind.Warning, true, "status")]
    [InlineData(NoticeKind.Error, true, "alert")]
    public void A_notice_is_spoken_only_when_it_answers_something(NoticeKind kind, bool announce, string? role) =>
        Render<Notice>(parameters => parameters.Add(notice => notice.Kind, kind).Add(notice => notice.Announce, announce))
            .Find(".notice").GetAttribute("role").ShouldBe(role);

    [Fact]
    public void A_notice_without_a_title_has_the_word_of_its_kind() =>
        Render<Notice>(parameters => parameters.Add(notice => notice.Kind, NoticeKind.Warning)).Find(".notice-word").TextContent.ShouldBe("Take care");

    [Theory]
    [InlineData("Host", "Copy host", "Host copied.")]
    [InlineData("CA certificate", "Copy CA certificate", "CA certificate copied.")]
    public void A_copy_button_says_what_it_copies(string name, string label, string copied)
    {
        var copy = Render<CopyButton>(parameters => parameters.Add(copy => copy.Name, name).Add(copy => copy.Text, "db.example.com"));

        var button = copy.Find("button");
        button.GetAttribute("aria-label").ShouldBe(label);
        button.GetAttribute("type").ShouldBe("button");
        button.GetAttribute("data-copy").ShouldBe("db.example.com");
        button.GetAttribute("data-copied").ShouldBe(copied);
    }

    [Fact]
    public void What_is_said_after_copying_has_its_place_before_it_is_said()
    {
        var copy = Render<CopyButton>(parameters => parameters.Add(copy => copy.Name, "Host").Add(copy => copy.Text, "db.example.com"));

        copy.Find("[data-copy-group] [role=status]").TextContent.ShouldBeEmpty();
        var wayOut = copy.Find("[data-copy-group] input");
        wayOut.HasAttribute("hidden").ShouldBeTrue();
        wayOut.HasAttribute("readonly").ShouldBeTrue();
        wayOut.GetAttribute("value").ShouldBe("db.example.com");
    }

    [Theory]
    [InlineData(false, null, "New pool · Pool Portal")]
    [InlineData(true, null, "Error: New pool · Pool Portal")]
    [InlineData(false, "Done: checkout-app", "Done: checkout-app · Pool Portal")]
    public void The_heading_of_a_page_names_its_tab(bool hasErrors, string? tabTitle, string expected)
    {
        JSInterop.Setup<string?>("Blazor._internal.PageTitle.getAndRemoveExistingTitle").SetResult(null);
        var head = Render<HeadOutlet>();
        var heading = Render<PageHeading>(parameters => parameters
            .Add(heading => heading.Title, "New pool")
            .Add(heading => heading.TabTitle, tabTitle)
            .Add(heading => heading.HasErrors, hasErrors));

        head.WaitForAssertion(() => head.Find("title").TextContent.ShouldBe(expected));
        heading.Find("h1").TextContent.ShouldBe("New pool");
        heading.Find("h1").GetAttribute("tabindex").ShouldBe("-1");
    }

    [Fact]
    public void A_skeleton_says_what_is_loading_and_hides_its_shape()
    {
        var skeleton = Render<Skeleton>(parameters => parameters.Add(skeleton => skeleton.Label, "Loading pools").Add(skeleton => skeleton.Lines, 4));

        skeleton.Find("[role=status]").GetAttribute("aria-busy").ShouldBe("true");
        skeleton.Find(".visually-hidden").TextContent.ShouldBe("Loading pools");
        skeleton.FindAll("span[aria-hidden=true]").Count.ShouldBe(4);
    }

    [Fact]
    public void An_empty_state_offers_the_first_step()
    {
        var empty = Render<EmptyState>(parameters => parameters
            .Add(empty => empty.Title, "No pools yet")
            .AddChildContent("<p>A pool lets many clients share few server connections.</p>")
            .Add(empty => empty.Action, "<a href=\"pools/new\">New pool</a>"));

        empty.Find("h2").TextContent.ShouldBe("No pools yet");
        empty.Find("a").TextContent.ShouldBe("New pool");
    }
}
