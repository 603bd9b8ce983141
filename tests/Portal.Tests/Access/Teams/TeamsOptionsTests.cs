using Portal.Access;

namespace Portal.Tests.Access.Teams;

public sealed class TeamsOptionsTests
{
    [Fact]
    public void A_list_of_teams_is_read()
    {
        var team = Read(
            ("Teams:0:Name", "Orders"),
            ("Teams:0:Members:0", "orders"),
            ("Teams:0:Leads:0", "orders-leads"),
            ("Teams:0:Uses:0:Cluster", "tag:prod"),
            ("Teams:0:Uses:0:Database", "orders*"),
            ("Teams:0:Uses:1:Cluster", "orders-staging")).Teams.ShouldHaveSingleItem();

        team.Name.ShouldBe("Orders");
        team.Members.ShouldBe(["orders"]);
        team.Leads.ShouldBe(["orders-leads"]);
        team.Uses.Select(triple => (triple.Cluster, triple.Database, triple.User)).ShouldBe([("tag:prod", "orders*", "*"), ("orders-staging", "*", "*")]);
    }

    [Fact]
    public void There_need_not_be_a_team() => Read().Teams.ShouldBeEmpty();

    [Theory]
    [InlineData("Teams:0:Leeds:0", "Teams:0:Leeds is no setting.")]
    [InlineData("Teams:0:Uses:0:Databases", "Teams:0:Uses:0:Databases is no setting.")]
    public void An_unknown_key_stops_the_start_and_is_named(string key, string named) =>
        Refusal(("Teams:0:Name", "Orders"), ("Teams:0:Uses:0:Cluster", "*"), (key, "x"))
            .ShouldSatisfyAllConditions(message => message.ShouldStartWith(named), message => message.ShouldContain(" there are "));

    [Fact]
    public void The_limits_of_a_team_are_read()
    {
        var limits = Read(
            ("Teams:0:Name", "Orders"),
            ("Teams:0:Limits:Size:ReviewAbove", "20"),
            ("Teams:0:Limits:Size:NeverAbove", "60"),
            ("Teams:0:Limits:Share:NeverAbove", "0.5"),
            ("Teams:0:Limits:Sum:ReviewAbove", "40"),
            ("Teams:0:Limits:Session", "Review"),
            ("Teams:0:Limits:NamePattern", "orders-* or_*"),
            ("Teams:0:Limits:PublicNetwork", "Never"),
            ("Teams:0:Limits:UrgentResize", "true")).Teams.ShouldHaveSingleItem().Limits;

        (limits.Size.ReviewAbove, limits.Size.NeverAbove).ShouldBe((20, 60));
        (limits.Share.ReviewAbove, limits.Share.NeverAbove).ShouldBe((null, 0.5));
        (limits.Sum.ReviewAbove, limits.Sum.NeverAbove).ShouldBe((40, null));
        (limits.Transaction, limits.Session, limits.Statement).ShouldBe((LimitAnswer.AtOnce, LimitAnswer.Review, LimitAnswer.AtOnce));
        limits.NamePattern.ShouldBe("orders-* or_*");
        limits.PublicNetwork.ShouldBe(LimitAnswer.Never);
        limits.UrgentResize.ShouldBeTrue();
    }

    [Fact]
    public void Without_limits_there_are_the_safe_ones()
    {
        var limits = Read(("Teams:0:Name", "Orders")).Teams.ShouldHaveSingleItem().Limits;

        (limits.InboundUser, limits.Administrator, limits.PublicNetwork, limits.OtherName).ShouldBe((LimitAnswer.Review, LimitAnswer.Review, LimitAnswer.AtOnce, LimitAnswer.Never));
        (limits.NamePattern, limits.UrgentResize).ShouldBe(("*", false));
    }

    [Theory]
    [InlineData("Size:ReviewAbove", "-1", "Teams: the team Orders has Limits:Size with a bound below 0.")]
    [InlineData("Sum:NeverAbove", "-1", "Teams: the team Orders has Limits:Sum with a bound below 0.")]
    [InlineData("Share:ReviewAbove", "1.1", "Teams: the team Orders has Limits:Share with a bound that is not from 0 to 1.")]
    [InlineData("Share:NeverAbove", "-0.1", "Teams: the team Orders has Limits:Share with a bound that is not from 0 to 1.")]
    [InlineData("NamePattern", "pay?", "Teams: the team Orders has the Limits:NamePattern 'pay?'. It must be names in which '*' stands for any run of characters, separated by spaces.")]
    [InlineData("InboundUser", "AtOnce", "Teams: the team Orders has Limits:InboundUser: AtOnce. It must be Review or Never.")]
    [InlineData("PublicNetwork", "Review", "Teams: the team Orders has Limits:PublicNetwork: Review. It must be AtOnce or Never.")]
    public void A_limit_that_cannot_be_meant_stops_the_start(string key, string value, string message) =>
        Refusal(("Teams:0:Name", "Orders"), ($"Teams:0:Limits:{key}", value)).ShouldBe(message);

    [Theory]
    [InlineData("Size")]
    [InlineData("Sum")]
    [InlineData("Share")]
    public void A_review_is_below_the_end(string key) =>
        Refusal(("Teams:0:Name", "Orders"), ($"Teams:0:Limits:{key}:ReviewAbove", "1"), ($"Teams:0:Limits:{key}:NeverAbove", "0"))
            .ShouldBe($"Teams: the team Orders has Limits:{key}:ReviewAbove above NeverAbove: nothing could be reviewed.");

    [Theory]
    [InlineData("Teams:0:Limits:Session", "Maybe", "Teams:0:Limits:Session must be AtOnce, Review or Never.")]
    [InlineData("Teams:0:Limits:Sise:ReviewAbove", "1", "Teams:0:Limits:Sise is no setting. In Teams:0:Limits there are Size, ")]
    public void A_wrong_word_in_the_limits_stops_the_start_and_is_named(string key, string value, string message) =>
        Refusal(("Teams:0:Name", "Orders"), (key, value)).ShouldStartWith(message);

    [Fact]
    public void Teams_that_are_no_list_are_refused() => Refusal(("Teams", "Orders")).ShouldBe("Teams must be a list of teams.");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_team_has_a_name(string name) =>
        Refusal(("Teams:0:Name", name), ("Teams:0:Members:0", "orders")).ShouldBe("Every entry of Teams needs a Name of at most 100 characters.");

    [Fact]
    public void A_name_is_there_once() =>
        Refusal(("Teams:0:Name", "Orders"), ("Teams:1:Name", "orders")).ShouldBe("Teams: there is more than one team Orders.");

    [Theory]
    [InlineData("Members")]
    [InlineData("Leads")]
    public void A_group_is_not_empty(string key) =>
        Refusal(("Teams:0:Name", "Orders"), ($"Teams:0:{key}:0", " ")).ShouldBe("Teams: the team Orders has an empty group in Members or Leads.");

    [Theory]
    [InlineData("")]
    [InlineData("tag:")]
    [InlineData("tag:pro*")]
    [InlineData("tags:prod")]
    [InlineData("id:9cc10173-e9ea-4176-9dbc-a4cee4c4ff30")]
    [InlineData("orders-?")]
    [InlineData("orders prod")]
    [InlineData("^orders$")]
    [InlineData("orders\\*")]
    public void A_cluster_is_a_known_kind_of_pattern(string cluster) =>
        Refusal(("Teams:0:Name", "Orders"), ("Teams:0:Uses:0:Cluster", cluster))
            .ShouldBe($"Teams: the team Orders has the Cluster '{cluster}'. It must be a name pattern (letters, digits, '-', '_', '.' and '*'), an id, or tag:NAME without '*'.");

    [Theory]
    [InlineData("Database", "")]
    [InlineData("Database", "order?")]
    [InlineData("User", "orders\\app")]
    public void A_database_and_a_user_are_names_with_stars(string key, string pattern) =>
        Refusal(("Teams:0:Name", "Orders"), ("Teams:0:Uses:0:Cluster", "*"), ($"Teams:0:Uses:0:{key}", pattern))
            .ShouldBe($"Teams: the team Orders has the {key} '{pattern}'. It must be a name in which '*' stands for any run of characters.");

    private static TeamsOptions Read(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Read<TeamsOptions>(services => services.AddAccess(), settings);

    private static string Refusal(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Refusal<TeamsOptions>(services => services.AddAccess(), settings);
}
