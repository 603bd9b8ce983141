using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes;

public sealed class CreateRulesTests
{
    private static readonly CreateRules Rules = new(Some.Policy());

    [Fact]
    public void A_request_that_keeps_the_rules_comes_back_with_its_decision()
    {
        var (request, mistakes) = Rules.Check(Some.Request(), Some.Cluster(), [Some.Payments]);

        mistakes.ShouldBeEmpty();
        request!.Fields.ShouldBe(new PoolFields(PoolMode.Transaction, 5, "checkout", "app"));
        request.Decision.Answer.ShouldBe(LimitAnswer.AtOnce);
        request.Decision.Words.ShouldBe("within the limits of Payments");
    }

    [Theory]
    [InlineData(null, "Enter a pool size")]
    [InlineData(" ", "Enter a pool size")]
    [InlineData("five", "Pool size must be a whole number, like 5")]
    [InlineData("5.0", "Pool size must be a whole number, like 5")]
    [InlineData("1e2", "Pool size must be a whole number, like 5")]
    [InlineData("99999999999", "Pool size must be a whole number, like 5")]
    [InlineData("0", "Pool size must be 1 or more")]
    [InlineData("-5", "Pool size must be 1 or more")]
    [InlineData("98", "Pool size must be 97 or fewer. orders-prod has 97 connections free")]
    public void A_size_that_cannot_be_is_refused(string? size, string message) =>
        OnlyMistake(Some.Request() with { Size = size }).ShouldBe(new FieldMistake(ChangeField.Size, message));

    [Theory]
    [InlineData("1")]
    [InlineData(" 5 ")]
    [InlineData("97")]
    public void A_size_within_the_budget_is_taken(string size) =>
        Rules.Check(Some.Request() with { Size = size, Reason = "load test" }, Some.Cluster(), [Some.Payments]).Mistakes.ShouldBeEmpty();

    [Theory]
    [InlineData(null, "Enter a pool name")]
    [InlineData("ab", "Pool name must be 3 characters or more")]
    [InlineData("1abc", "Pool name must begin with a letter and use only letters, numbers, hyphens and underscores")]
    [InlineData("a b c", "Pool name must begin with a letter and use only letters, numbers, hyphens and underscores")]
    [InlineData("größe", "Pool name must begin with a letter and use only letters, numbers, hyphens and underscores")]
    [InlineData("a/../b", "Pool name must begin with a letter and use only letters, numbers, hyphens and underscores")]
    [InlineData("pgbouncer", "Pool name must not be pgbouncer: PgBouncer uses it itself")]
    [InlineData("taken", "A pool named taken already exists on orders-prod")]
    public void A_name_that_cannot_be_is_refused(string? name, string message) =>
        OnlyMistake(Some.Request() with { Name = name }, Some.Cluster(pools: Some.Pool("taken", 1))).ShouldBe(new FieldMistake(ChangeField.Name, message));

    [Fact]
    public void A_name_of_sixty_characters_is_taken_and_of_sixty_one_refused()
    {
        Rules.Check(Some.Request() with { Name = new string('a', 60) }, Some.Cluster(), [Some.Payments]).Mistakes.ShouldBeEmpty();
        OnlyMistake(Some.Request() with { Name = new string('a', 61) }).Message.ShouldBe("Pool name must be 60 characters or fewer");
    }

    [Fact]
    public void What_is_left_out_is_asked_for_field_by_field() =>
        Rules.Check(new CreatePool { FormId = Guid.NewGuid() }, cluster: null, [Some.Payments]).Mistakes.Select(mistake => mistake.Field).ShouldBe(
            [ChangeField.Team, ChangeField.Cluster, ChangeField.Database, ChangeField.User, ChangeField.Mode, ChangeField.Size, ChangeField.Name]);

    [Theory]
    [InlineData("resizing", "orders-prod cannot take a pool: being resized: no changes now")]
    [InlineData("creating", "orders-prod cannot take a pool: being created: no changes now")]
    [InlineData("asleep", "orders-prod cannot take a pool: being worked on (asleep): no changes now")]
    public void A_cluster_that_is_being_worked_on_is_refused_with_the_reason(string status, string message) =>
        OnlyMistake(Some.Request(), Some.Cluster(status: status)).ShouldBe(new FieldMistake(ChangeField.Cluster, message));

    [Fact]
    public void A_full_cluster_is_refused_with_the_reason() =>
        OnlyMistake(Some.Request(), Some.Cluster(pools: Some.Pool("all", 97))).Message.ShouldBe("orders-prod cannot take a pool: 0 connections free");

    [Fact]
    public void A_cluster_has_room_for_twenty_one_pools()
    {
        OnlyMistake(Some.Request(), Some.Cluster(pools: [.. Enumerable.Range(1, 21).Select(number => Some.Pool($"pool{number}", 1))]))
            .Message.ShouldContain("has 21 pools already");
        Rules.Check(Some.Request(), Some.Cluster(pools: [.. Enumerable.Range(1, 20).Select(number => Some.Pool($"pool{number}", 1))]), [Some.Payments])
            .Mistakes.ShouldBeEmpty();
    }

    [Fact]
    public void What_other_changes_will_take_is_not_free() =>
        OnlyMistake(Some.Request() with { Size = "10", Reason = "x" }, Some.Cluster(onTheWay: 90)).Message.ShouldBe("Pool size must be 7 or fewer. orders-prod has 7 connections free");

    [Fact]
    public void A_database_or_user_that_is_gone_is_refused()
    {
        OnlyMistake(Some.Request() with { Database = "gone" }).Field.ShouldBe(ChangeField.Database);
        OnlyMistake(Some.Request() with { User = "gone" }).Field.ShouldBe(ChangeField.User);
    }

    [Fact]
    public void Another_teams_database_or_user_is_refused()
    {
        OnlyMistake(Some.Request() with { User = "orders_app" }).Message.ShouldStartWith("Payments may not use the database user orders_app");
        Rules.Check(Some.Request() with { Database = "orders" }, Some.Cluster(), [Some.Payments]).Mistakes
            .ShouldContain(mistake => mistake.Field == ChangeField.Database && mistake.Message.StartsWith("Payments may not use the database orders"));
    }

    [Fact]
    public void A_team_that_one_does_not_act_for_is_refused() =>
        OnlyMistake(Some.Request() with { Team = "Orders" }).Message.ShouldBe("You do not act for Orders. Choose one of your teams");

    [Fact]
    public void The_administrator_may_be_asked_for_and_is_reviewed()
    {
        var (request, mistakes) = Rules.Check(Some.Request() with { User = "doadmin", Reason = "migration" }, Some.Cluster(), [Some.Payments]);

        mistakes.ShouldBeEmpty();
        request!.Decision.NeedsReview.ShouldBeTrue();
    }

    [Fact]
    public void What_a_lead_decides_wants_a_reason()
    {
        OnlyMistake(Some.Request() with { Size = "30" }).ShouldBe(new FieldMistake(ChangeField.Reason, "Enter a reason: a lead decides about this pool"));
        OnlyMistake(Some.Request() with { Reason = new string('x', 501) }).Field.ShouldBe(ChangeField.Reason);
    }

    [Fact]
    public void A_mode_that_does_not_exist_is_refused() =>
        OnlyMistake(Some.Request() with { Mode = (PoolMode)7 }).Field.ShouldBe(ChangeField.Mode);

    private static FieldMistake OnlyMistake(CreatePool request, ClusterInView? cluster = null) =>
        Rules.Check(request, cluster ?? Some.Cluster(), [Some.Payments]).Mistakes.ShouldHaveSingleItem();
}
