using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Connections;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Tests.Changes;

namespace Portal.Tests.Connections;

/// <summary>Cell by cell: for every "may" the "may not" beside it.</summary>
public sealed class ConnectionRightsTests
{
    private static readonly ConnectionRights Rights = new(new Teams(Options.Create(new TeamsOptions
    {
        Teams =
        [
            new TeamOptions
            {
                Name = "Payments",
                Members = ["payments"],
                Leads = ["payments-leads"],
                Uses =
                [
                    new TripleOptions { Cluster = "orders-*", Database = "checkout", User = "app*" },
                    new TripleOptions { Cluster = "tag:prod", Database = "ledger" },
                ],
            },
            new TeamOptions { Name = "Orders", Members = ["orders"], Uses = [new TripleOptions { Cluster = "*", Database = "orders" }] },
            new TeamOptions
            {
                Name = "Keepers",
                Members = ["keepers"],
                Uses = [new TripleOptions { Cluster = "*", User = Team.AdministratorUser }, new TripleOptions { Cluster = "*", User = "app" }],
                Limits = new TeamLimitsOptions { PublicNetwork = LimitAnswer.Never },
            },
        ],
    })));

    private static readonly Person Developer = Who(Role.Developer, "payments");
    private static readonly Person Lead = Who(Role.TeamLead, "payments-leads");
    private static readonly Person Other = Who(Role.Developer, "orders");
    private static readonly Person Keeper = Who(Role.Developer, "keepers");
    private static readonly Person Admin = Who(Role.Admin, "payments");
    private static readonly Person Auditor = Who(Role.Auditor, "payments");
    private static readonly Person Nobody = new("nobody", "Nobody", FrozenSet<Role>.Empty, new[] { "payments" }.ToFrozenSet());

    [Fact]
    public void Developers_and_leads_of_the_team_may_have_what_their_team_may_use()
    {
        WhyNot(Developer).ShouldBeNull();
        WhyNot(Lead).ShouldBeNull();
    }

    [Fact]
    public void A_team_that_is_kept_off_the_public_network_has_the_private_one()
    {
        Rights.WhyNotOver(Some.Pool("pool", 5, team: "Keepers").Managed, Network.Public)!.Message
            .ShouldBe("The team Keepers connects over the private network (VPC) only. Choose it, or ask an admin to change the team's limits.");
        Rights.WhyNotOver(Some.Pool("pool", 5, team: "Keepers").Managed, Network.Private).ShouldBeNull();
        Rights.WhyNotOver(Some.Pool("pool", 5, team: "Payments").Managed, Network.Public).ShouldBeNull();
        Rights.WhyNotOver(managed: null, Network.Public).ShouldBeNull();
    }

    [Fact]
    public void Another_team_an_admin_an_auditor_and_nobody_may_not()
    {
        WhyNot(Other).ShouldNotBeNull().Message.ShouldContain("team Payments");
        WhyNot(Admin).ShouldNotBeNull();
        WhyNot(Auditor).ShouldNotBeNull();
        WhyNot(Nobody).ShouldNotBeNull();
    }

    [Fact]
    public void A_lead_of_another_group_is_not_the_teams_lead() => WhyNot(Who(Role.TeamLead, "orders")).ShouldNotBeNull();

    [Fact]
    public void A_team_that_is_gone_opens_its_pools_to_nobody() =>
        WhyNot(Developer, managed: SomeConnection.Managed(team: "Dissolved")).ShouldNotBeNull().Message.ShouldContain("Dissolved");

    [Theory]
    [InlineData("app", "checkout", true)]
    [InlineData("app_two", "checkout", true)] // by the pattern app*
    [InlineData("worker", "checkout", false)]
    [InlineData("app", "orders", false)]
    [InlineData("anybody", "ledger", true)] // by the cluster's tag
    [InlineData("doadmin", "ledger", false)] // a pattern never means the administrator
    [InlineData("DOADMIN", "ledger", false)]
    public void What_somebody_changed_outside_the_portal_is_shown_only_within_the_teams_triples(string user, string database, bool may) =>
        (WhyNot(Developer, SomeConnection.Pool(user, database)) is null).ShouldBe(may);

    [Fact]
    public void What_a_lead_approved_is_shown_although_no_pattern_covers_it() =>
        WhyNot(Developer, SomeConnection.Pool("doadmin"), SomeConnection.Managed("doadmin")).ShouldBeNull();

    [Theory]
    [InlineData("doadmin", "orders")] // same user, other database
    [InlineData("worker", "checkout")] // same database, other user
    [InlineData("doadmin", "Checkout")]
    public void But_only_exactly_that(string user, string database) =>
        WhyNot(Developer, SomeConnection.Pool(user, database), SomeConnection.Managed("doadmin")).ShouldNotBeNull();

    [Fact]
    public void A_pool_that_was_made_an_inbound_one_outside_the_portal_gives_nothing_of_what_was_approved()
    {
        WhyNot(Developer, SomeConnection.Pool(user: null), SomeConnection.Managed("doadmin"), "doadmin").ShouldNotBeNull();
        WhyNot(Developer, SomeConnection.Pool(user: null), SomeConnection.Managed("doadmin"), "app").ShouldBeNull();
    }

    [Theory]
    [InlineData("app", true)]
    [InlineData("app_two", true)]
    [InlineData("worker", false)]
    [InlineData("doadmin", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void In_an_inbound_pool_one_connects_as_a_user_of_the_teams_triples(string? connectAs, bool may) =>
        (WhyNot(Developer, SomeConnection.Pool(user: null), SomeConnection.Managed(user: null), connectAs) is null).ShouldBe(may);

    [Fact]
    public void The_administrator_may_be_chosen_where_it_is_named()
    {
        var managed = SomeConnection.Managed(user: null, team: "Keepers");

        WhyNot(Keeper, SomeConnection.Pool(user: null), managed, "doadmin").ShouldBeNull();
        WhyNot(Keeper, SomeConnection.Pool(user: null), managed, "worker").ShouldNotBeNull();
    }

    [Fact]
    public void Another_team_may_choose_nothing_in_an_inbound_pool() =>
        WhyNot(Other, SomeConnection.Pool(user: null), SomeConnection.Managed(user: null), "app").ShouldNotBeNull();

    [Fact]
    public void A_user_cannot_be_chosen_where_the_pool_has_its_own()
    {
        WhyNot(Developer, connectAs: "app_two").ShouldNotBeNull();
        WhyNot(Developer, connectAs: "app").ShouldBeNull();
        WhyNot(Admin, connectAs: "app_two", isManaged: false).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("app")]
    [InlineData("doadmin")]
    public void A_pool_made_elsewhere_is_for_admins_whatever_its_user(string user)
    {
        WhyNot(Admin, SomeConnection.Pool(user), isManaged: false).ShouldBeNull();
        WhyNot(Admin, SomeConnection.Pool(user: null), connectAs: user, isManaged: false).ShouldBeNull();
        WhyNot(Admin, SomeConnection.Pool(user: null), isManaged: false).ShouldNotBeNull();
    }

    [Fact]
    public void A_pool_made_elsewhere_is_for_nobody_else()
    {
        foreach (var person in (Person[])[Developer, Lead, Other, Keeper, Auditor, Nobody])
        {
            WhyNot(person, isManaged: false).ShouldNotBeNull().Message.ShouldContain("Admins");
        }
    }

    [Fact]
    public void The_users_that_are_offered_are_those_that_would_be_given()
    {
        IReadOnlyList<string> users = ["app", "app_two", "doadmin", "worker"];
        var inbound = SomeConnection.Pool(user: null);
        var managed = SomeConnection.Managed(user: null);

        Rights.Choices(Developer, SomeConnection.Cluster, inbound, managed, users).ShouldBe(["app", "app_two"]);
        Rights.Choices(Other, SomeConnection.Cluster, inbound, managed, users).ShouldBeEmpty();
        Rights.Choices(Admin, SomeConnection.Cluster, inbound, managed: null, users).ShouldBe(users);
        Rights.Choices(Developer, SomeConnection.Cluster, SomeConnection.Pool(), SomeConnection.Managed(), users).ShouldBeEmpty();
    }

    [Fact]
    public void Where_there_is_nothing_to_choose_it_is_said_why()
    {
        var inbound = SomeConnection.Pool(user: null);
        var managed = SomeConnection.Managed(user: null);

        Rights.WhyNotAny(Developer, SomeConnection.Cluster, inbound, managed, ["app"]).ShouldBeNull();
        Rights.WhyNotAny(Developer, SomeConnection.Cluster, inbound, managed, ["worker"]).ShouldNotBeNull().Message.ShouldContain("none of this cluster's database users");
        Rights.WhyNotAny(Other, SomeConnection.Cluster, inbound, managed, ["app"]).ShouldNotBeNull().Message.ShouldContain("team Payments");
        Rights.WhyNotAny(Admin, SomeConnection.Cluster, inbound, managed: null, []).ShouldNotBeNull();
        Rights.WhyNotAny(Developer, SomeConnection.Cluster, SomeConnection.Pool(), SomeConnection.Managed(), []).ShouldBeNull();
    }

    private static Refusal? WhyNot(
        Person person, Pool? live = null, ManagedPool? managed = null, string? connectAs = null, bool isManaged = true) =>
        Rights.WhyNot(person, SomeConnection.Cluster, live ?? SomeConnection.Pool(), isManaged ? managed ?? SomeConnection.Managed() : null, connectAs);

    private static Person Who(Role role, string group) =>
        new($"{role}-{group}", group, new[] { role }.ToFrozenSet(), new[] { group }.ToFrozenSet());
}
