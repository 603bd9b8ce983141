using System.Text.RegularExpressions;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Portal.Connections;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections;

/// <summary>What Blazor draws of a connection. What the script does with it is tried in a browser.</summary>
public sealed partial class ConnectionTextTests : BunitContext
{
    private static readonly Pool WithStandby = SomeConnection.Pool() with
    {
        Endpoints = SomeConnection.Pool().Endpoints with { Standby = new PoolEndpoint("standby.example", 25061) },
    };

    public ConnectionTextTests() => Services.AddSingleton<AntiforgeryStateProvider>(new NoAntiforgery());

    [Fact]
    public void The_uri_over_the_public_network_comes_first()
    {
        var text = Render(SomeConnection.Pool());

        Host(text).GetAttribute("data-format").ShouldBe("uri");
        Host(text).GetAttribute("data-network").ShouldBe("public");
        Host(text).GetAttribute("data-verify").ShouldBe("false");
        Host(text).GetAttribute("data-endpoint").ShouldBe($"/clusters/{SomeConnection.Cluster.Id}/pools/checkout-app/connection");
        text.FindAll("input[type=radio][checked]").Select(radio => radio.GetAttribute("value")).ShouldBe(["uri", "public"]);
        text.FindAll("fieldset > legend").Select(legend => legend.TextContent).ShouldBe(["Format", "Network"]);
    }

    [Fact]
    public void The_password_is_a_word_under_dots_that_is_spoken_as_hidden()
    {
        var mask = Render(SomeConnection.Pool()).Find("pre[data-part=masked]");

        mask.InnerHtml.ShouldBe(
            "postgresql://app:<span class=\"masked-password\"><span aria-hidden=\"true\">PASSWORD</span></span>"
            + $"<span class=\"masked-spoken\">password hidden</span>@{SomeConnection.PublicHost}:25061/checkout-app?sslmode=require");
    }

    [Fact]
    public void Where_the_script_puts_things_blazor_renders_nothing()
    {
        var text = Render(SomeConnection.Pool());

        foreach (var part in (string[])["shown", "manual", "status", "alert"])
        {
            text.Find($"[data-part={part}]").InnerHtml.ShouldBeEmpty();
        }

        text.Find("[data-part=shown]").HasAttribute("hidden").ShouldBeTrue();
        text.Find("[data-part=status]").GetAttribute("role").ShouldBe("status");
        text.Find("[data-part=alert]").GetAttribute("role").ShouldBe("alert");
    }

    [Fact]
    public void The_buttons_are_called_as_everybody_expects()
    {
        var text = Render(SomeConnection.Pool());

        text.Find("[data-action=copy]").TextContent.Trim().ShouldBe("Copy connection string");
        text.Find("[data-action=show] [data-label=show]").TextContent.ShouldBe("Show password");
        text.Find("[data-action=show] [data-label=hide]").TextContent.ShouldBe("Hide password");
        text.Find("[data-action=show] [data-label=hide]").HasAttribute("hidden").ShouldBeTrue();
        text.Find("[data-action=show]").GetAttribute("aria-pressed").ShouldBe("false");
    }

    [Fact]
    public void Choosing_changes_the_text_and_what_the_script_will_ask_for()
    {
        var text = Render(SomeConnection.Pool());

        text.Find("input[value=npgsql]").Change("npgsql");
        text.Find("input[value=private]").Change("private");
        text.Find("input[type=checkbox]").Change(true);

        Host(text).GetAttribute("data-format").ShouldBe("npgsql");
        Host(text).GetAttribute("data-network").ShouldBe("private");
        Host(text).GetAttribute("data-verify").ShouldBe("true");
        Host(text).GetAttribute("data-without-password").ShouldBe(
            $"Host={SomeConnection.PrivateHost};Port=25061;Database=checkout-app;Username=app;Password=\"PASSWORD\";SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt;No Reset On Close=true");
        text.Find(".snippet-caption").TextContent.ShouldBe("ConnectionStrings:Default");
    }

    [Fact]
    public void Where_there_is_one_network_nothing_is_asked()
    {
        var onlyPublic = SomeConnection.Pool() with { Endpoints = new PoolEndpoints { Public = new PoolEndpoint("one.example", 25061) } };
        var onlyPrivate = SomeConnection.Pool() with { Endpoints = new PoolEndpoints { Private = new PoolEndpoint("two.example", 25061) } };

        Render(onlyPublic).FindAll("input[data-option=network]").ShouldBeEmpty();
        Host(Render(onlyPrivate)).GetAttribute("data-network").ShouldBe("private");
        Render(WithStandby).FindAll("input[data-option=network]").Count.ShouldBe(2);
    }

    [Fact]
    public void An_inbound_pool_asks_whom_to_connect_as()
    {
        var text = Render(SomeConnection.Pool(user: null), "app", "app_two");

        text.Find("label[for^=connection-user]").TextContent.ShouldBe("Connect as");
        text.FindAll("option").Select(option => option.TextContent).ShouldBe(["app", "app_two"]);
        Host(text).GetAttribute("data-connect-as").ShouldBe("app");

        text.Find("select").Change("app_two");
        Host(text).GetAttribute("data-connect-as").ShouldBe("app_two");
        text.Find("pre[data-part=masked]").TextContent.ShouldStartWith("postgresql://app_two:");

        text.Find("select").Change("doadmin");
        Host(text).GetAttribute("data-connect-as").ShouldBe("app_two");
    }

    [Theory]
    [InlineData("transaction", "Use SET LOCAL and pg_advisory_xact_lock, or choose Session.")]
    [InlineData("statement", "Transactions are refused.")]
    [InlineData("session", null)]
    public void The_mode_warns_of_what_it_takes(string mode, string? warning)
    {
        var notices = Render(SomeConnection.Pool(mode: mode)).FindAll(".notice");

        if (warning is null)
        {
            notices.ShouldBeEmpty();
        }
        else
        {
            notices.ShouldHaveSingleItem().TextContent.ShouldContain(warning);
        }
    }

    [Fact]
    public void Every_id_that_something_points_to_is_there()
    {
        var text = Render(SomeConnection.Pool(user: null), "app");

        foreach (var pointer in ReferencePattern().Matches(text.Markup).Select(match => match.Groups["id"].Value))
        {
            text.FindAll($"#{pointer}").ShouldHaveSingleItem();
        }
    }

    private static AngleSharp.Dom.IElement Host(IRenderedComponent<ConnectionText> text) => text.Find("pool-connection");

    private IRenderedComponent<ConnectionText> Render(Pool pool, params IReadOnlyList<string> choices) => Render<ConnectionText>(parameters => parameters
        .Add(text => text.Cluster, SomeConnection.Cluster.Id)
        .AddCascadingValue(new ConnectionFacts("orders-prod", pool, WhyNot: null, choices)));

    [GeneratedRegex("(for|aria-describedby)=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReferencePattern();

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
