using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Tests.Access.Teams;

public sealed class TeamTests
{
    private static readonly ClusterIdentity OrdersProd = new(new Guid("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"), "orders-prod", ["prod", "env:prod"]);

    [Theory]
    [InlineData("orders-prod")]
    [InlineData("*")]
    [InlineData("orders-*")]
    [InlineData("*-prod")]
    [InlineData("o*-*d")]
    [InlineData("tag:prod")]
    [InlineData("tag:env:prod")]
    [InlineData("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30")]
    public void A_pattern_reaches_the_cluster(string pattern) => Team(new TripleOptions { Cluster = pattern }).Uses(OrdersProd).ShouldBeTrue();

    [Theory]
    [InlineData("orders")]
    [InlineData("orders-prod-2")]
    [InlineData("ORDERS-PROD")]
    [InlineData("payments-*")]
    [InlineData("prod")]
    [InlineData("tag:orders-prod")]
    [InlineData("tag:pro")]
    [InlineData("tag:PROD")]
    [InlineData("tag:env")]
    [InlineData("9cc10173-e9ea-4176-9dbc-a4cee4c4ff31")]
    public void A_pattern_does_not_reach_the_cluster(string pattern) => Team(new TripleOptions { Cluster = pattern }).Uses(OrdersProd).ShouldBeFalse();

    [Fact]
    public void A_triple_without_database_and_user_reaches_all_but_doadmin()
    {
        var team = Team(new TripleOptions { Cluster = "orders-prod" });

        team.Uses(OrdersProd, "orders").ShouldBeTrue();
        team.Uses(OrdersProd, "orders", "orders_app").ShouldBeTrue();
        team.Uses(OrdersProd, "orders", "doadmin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("do*")]
    [InlineData("*admin")]
    [InlineData("d*n")]
    [InlineData("doadmin*")]
    public void No_pattern_means_doadmin(string pattern)
    {
        var team = Team(new TripleOptions { Cluster = "*", User = pattern });

        team.Uses(OrdersProd, "orders", "doadmin").ShouldBeFalse();
        team.Uses(OrdersProd, "orders", "DoAdmin").ShouldBeFalse();
    }

    [Fact]
    public void Its_own_name_means_doadmin_and_nobody_else()
    {
        var team = Team(new TripleOptions { Cluster = "*", User = "doadmin" });

        team.Uses(OrdersProd, "orders", "doadmin").ShouldBeTrue();
        team.Uses(OrdersProd, "orders", "orders_app").ShouldBeFalse();
    }

    [Fact]
    public void The_parts_of_a_triple_belong_together()
    {
        var team = Team(
            new TripleOptions { Cluster = "orders-prod", Database = "orders", User = "orders_app" },
            new TripleOptions { Cluster = "orders-prod", Database = "reports", User = "reader" });

        team.Uses(OrdersProd, "orders", "orders_app").ShouldBeTrue();
        team.Uses(OrdersProd, "reports", "reader").ShouldBeTrue();
        team.Uses(OrdersProd, "orders", "reader").ShouldBeFalse();
        team.Uses(OrdersProd, "reports", "orders_app").ShouldBeFalse();
        team.Uses(OrdersProd, "billing").ShouldBeFalse();
    }

    [Fact]
    public void A_team_that_uses_nothing_reaches_nothing() => Team().Uses(OrdersProd).ShouldBeFalse();

    [Fact]
    public void Members_are_developers_and_leads_of_its_groups()
    {
        var team = new Team(new TeamOptions { Name = "Orders", Members = ["orders"], Leads = ["orders-leads"] });

        team.HasMember(Person(Role.Developer, "orders")).ShouldBeTrue();
        team.HasMember(Person(Role.TeamLead, "orders")).ShouldBeTrue();
        team.HasMember(Person(Role.TeamLead, "orders-leads")).ShouldBeTrue();
        team.HasMember(Person(Role.Developer, "orders-leads")).ShouldBeFalse();
        team.HasMember(Person(Role.Developer, "payments")).ShouldBeFalse();
        team.HasMember(Person(Role.Admin, "orders")).ShouldBeFalse();
        team.HasMember(Person(Role.Auditor, "orders")).ShouldBeFalse();
    }

    [Fact]
    public void Leads_have_both_the_role_and_a_group_of_leads()
    {
        var team = new Team(new TeamOptions { Name = "Orders", Members = ["orders"], Leads = ["orders-leads"] });

        team.HasLead(Person(Role.TeamLead, "orders-leads")).ShouldBeTrue();
        team.HasLead(Person(Role.TeamLead, "orders")).ShouldBeFalse();
        team.HasLead(Person(Role.Developer, "orders-leads")).ShouldBeFalse();
        team.HasLead(Person(Role.Admin, "orders-leads")).ShouldBeFalse();
    }

    [Fact]
    public void Without_any_team_there_is_Everyone()
    {
        var teams = new Portal.Access.Teams(Options.Create(new TeamsOptions()));

        var everyone = teams.All.ShouldHaveSingleItem();
        everyone.Name.ShouldBe("Everyone");
        everyone.HasMember(Person(Role.Developer)).ShouldBeTrue();
        everyone.HasLead(Person(Role.TeamLead)).ShouldBeTrue();
        everyone.HasMember(Person(Role.Auditor)).ShouldBeFalse();
        everyone.Uses(OrdersProd, "orders", "orders_app").ShouldBeTrue();
        everyone.Uses(OrdersProd, "orders", "doadmin").ShouldBeFalse();
    }

    [Fact]
    public void With_a_team_there_is_no_Everyone_and_others_are_told_whose_it_is()
    {
        var teams = new Portal.Access.Teams(Options.Create(new TeamsOptions { Teams = [new TeamOptions { Name = "Orders", Members = ["orders"] }] }));

        teams.Of(Person(Role.Developer, "payments")).ShouldBeEmpty();
        teams.Of(Person(Role.Developer, "orders")).ShouldHaveSingleItem().Name.ShouldBe("Orders");
        teams.WhyNotActFor(Person(Role.Developer, "orders"), "Orders").ShouldBeNull();
        teams.WhyNotActFor(Person(Role.Developer, "payments"), "Orders")!.Message.ShouldBe("This belongs to the team Orders. Its developers and leads can do that.");
        teams.WhyNotActFor(Person(Role.Developer, "orders"), "Gone")!.Message.ShouldBe("There is no team Gone any more. Ask an admin to hand its pools over.");
    }

    private static Team Team(params TripleOptions[] uses) => new(new TeamOptions { Name = "Team", Uses = uses });

    private static Person Person(Role role, params string[] groups) =>
        new("id", "Name", new HashSet<Role> { role }, groups.ToHashSet(StringComparer.Ordinal));
}
