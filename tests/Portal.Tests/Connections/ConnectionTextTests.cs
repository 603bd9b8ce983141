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
    private readonly List<ConnectionChoice> _remembered = [];

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
        Host(text).GetAttribute("data-endpoint").ShouldBe($"clusters/{SomeConnection.Cluster.Id}/pools/checkout-app/connection");
        Host(text).GetAttribute("data-use").ShouldBe("pool");
        Host(text).GetAttribute("data-server").ShouldBe("primary");
        text.FindAll("fieldset > legend").Select(legend => legend.TextContent).ShouldBe(["Where does it run?", "Route", "Format"]);
    }

    [Fact]
    public void Where_it_runs_is_not_chosen_for_anybody_the_first_time()
    {
        var text = Render(SomeConnection.Pool());

        text.FindAll("input[type=radio][checked]").Select(radio => radio.GetAttribute("value")).ShouldBe(["pool", "uri"]);
        text.Find("[id^=connection-sources]").TextContent.ShouldBe("Not chosen yet: the address shown is the public one. Accepts 203.0.113.7; from anywhere else the connection times out.");

        text.Find("input[value=private]").Change("private");

        text.Find("[id^=connection-sources]").TextContent.ShouldBe(
            "Works from inside the cluster's private network (VPC) only. Accepts 203.0.113.7; from anywhere else the connection times out.");
        _remembered.ShouldBe([new ConnectionChoice(Network.Private, null)]);
    }

    [Fact]
    public void What_was_chosen_the_last_time_is_there_again()
    {
        var text = Render(SomeConnection.Pool(), facts => facts with { Remembered = new ConnectionChoice(Network.Private, "psycopg") });

        Host(text).GetAttribute("data-network").ShouldBe("private");
        Host(text).GetAttribute("data-format").ShouldBe("psycopg");
        text.Find("[id^=connection-sources]").TextContent.ShouldStartWith("Works from inside");
    }

    [Fact]
    public void What_was_chosen_elsewhere_and_is_not_to_be_had_here_is_left_out()
    {
        var onlyPublic = SomeConnection.Pool() with { Endpoints = new PoolEndpoints { Public = new PoolEndpoint("one.example", 25061) } };

        var text = Render(onlyPublic, facts => facts with { Remembered = new ConnectionChoice(Network.Private, "carrier pigeon") });

        Host(text).GetAttribute("data-network").ShouldBe("public");
        Host(text).GetAttribute("data-format").ShouldBe("uri");
    }

    [Fact]
    public void The_direct_connection_leads_around_the_pool()
    {
        var text = Render(SomeConnection.Pool(mode: "statement"));

        text.Find("input[value=direct]").Change("direct");

        Host(text).GetAttribute("data-use").ShouldBe("direct");
        Host(text).GetAttribute("data-without-password").ShouldBe($"postgresql://app:PASSWORD@{SomeConnection.PublicHost}:25060/checkout?sslmode=require");
        text.Find(".snippet-caption").TextContent.ShouldBe("DATABASE_URL_DIRECT");
        text.FindAll(".notice").ShouldBeEmpty();
    }

    [Fact]
    public void A_direct_connection_that_could_not_be_read_is_said_and_nothing_else_is_lost()
    {
        var text = Render(SomeConnection.Pool(), facts => facts with { Surroundings = facts.Surroundings with { Direct = null, DirectTrouble = "No answer." } });

        text.FindAll("input[value=direct]").ShouldBeEmpty();
        text.Find("[id^=connection-use]").TextContent.ShouldBe("The direct connection could not be read: No answer.");
        Host(text).GetAttribute("data-network").ShouldBe("public");
    }

    [Fact]
    public void A_standby_is_offered_where_there_is_one()
    {
        var text = Render(WithStandby);

        text.Find("input[value=standby]").Change("standby");

        Host(text).GetAttribute("data-server").ShouldBe("standby");
        Host(text).GetAttribute("data-without-password").ShouldBe("postgresql://app:PASSWORD@standby.example:25061/checkout-app?sslmode=require");
        // The cluster named no direct way to the standby.
        text.Find("input[value=direct]").Change("direct");
        Host(text).GetAttribute("data-server").ShouldBe("primary");
        Render(SomeConnection.Pool()).FindAll("input[value=standby]").ShouldBeEmpty();
    }

    [Fact]
    public void The_other_formats_are_in_a_list_and_one_of_them_takes_the_place_of_the_six()
    {
        var text = Render(SomeConnection.Pool());

        text.Find("select[data-option=format]").Change("sqlx");

        Host(text).GetAttribute("data-format").ShouldBe("sqlx");
        text.FindAll("input[data-option=format][checked]").ShouldBeEmpty();
        text.Find("select[data-option=format]").Change("");
        Host(text).GetAttribute("data-format").ShouldBe("sqlx");
        text.Find("input[value=uri]").Change("uri");
        Host(text).GetAttribute("data-format").ShouldBe("uri");
        _remembered.Select(choice => choice.Format).ShouldBe(["sqlx", "uri"]);
    }

    [Fact]
    public void A_driver_that_always_verifies_is_not_asked_whether_to()
    {
        var text = Render(SomeConnection.Pool());

        text.Find("input[value=node-pg]").Change("node-pg");

        text.FindAll("input[type=checkbox]").ShouldBeEmpty();
        Host(text).GetAttribute("data-verify").ShouldBe("true");
        text.Find(".connection-verify").TextContent.ShouldContain("Node (pg) always verifies the server, and needs the CA file.");
        text.Find("input[value=uri]").Change("uri");
        Host(text).GetAttribute("data-verify").ShouldBe("false");
    }

    [Fact]
    public void What_the_last_test_found_is_in_the_text()
    {
        var text = Render(SomeConnection.Pool(), facts => facts with { Prepared = PreparedStatements.Tracked });

        text.Find("input[value=jdbc]").Change("jdbc");

        Host(text).GetAttribute("data-without-password")!.ShouldNotContain("prepareThreshold");
    }

    [Fact]
    public void A_text_that_is_a_file_can_be_downloaded_after_a_warning()
    {
        var text = Render(SomeConnection.Pool());

        text.Find("select[data-option=format]").Change("kubernetes");

        Host(text).GetAttribute("data-file").ShouldBe("secret.yaml");
        text.Find("[data-action=download-ask]").TextContent.Trim().ShouldBe("Download secret.yaml");
        var dialog = text.Find("dialog[data-part=warning]");
        dialog.HasAttribute("open").ShouldBeFalse();
        dialog.TextContent.ShouldContain("secret.yaml is not encrypted");
        dialog.TextContent.ShouldContain("can use the database as app");
        text.Find("input[value=psycopg]").Change("psycopg");
        text.FindAll("[data-action=download-ask], dialog").ShouldBeEmpty();
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
        text.FindAll("select[data-option=connectAs] option").Select(option => option.TextContent).ShouldBe(["app", "app_two"]);
        Host(text).GetAttribute("data-connect-as").ShouldBe("app");

        text.Find("select[data-option=connectAs]").Change("app_two");
        Host(text).GetAttribute("data-connect-as").ShouldBe("app_two");
        text.Find("pre[data-part=masked]").TextContent.ShouldStartWith("postgresql://app_two:");

        text.Find("select[data-option=connectAs]").Change("doadmin");
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

    private IRenderedComponent<ConnectionText> Render(Pool pool, params IReadOnlyList<string> choices) => Render(pool, facts => facts with { Choices = choices });

    private IRenderedComponent<ConnectionText> Render(Pool pool, Func<ConnectionFacts, ConnectionFacts> with) => Render<ConnectionText>(parameters => parameters
        .Add(text => text.Cluster, SomeConnection.Cluster.Id)
        .AddCascadingValue<Func<ConnectionChoice, Task>>(choice =>
        {
            _remembered.Add(choice);
            return Task.CompletedTask;
        })
        .AddCascadingValue(with(new ConnectionFacts("orders-prod", pool, WhyNot: null, [])
        {
            Surroundings = new ClusterSurroundings(
                "Accepts 203.0.113.7; from anywhere else the connection times out.", SomeConnection.Direct, DirectTrouble: null, SomeConnection.Certificate),
        })));

    [GeneratedRegex("(for|aria-describedby)=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReferencePattern();

    private sealed class NoAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
