using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Tests.Changes;

/// <summary>Who may do what with a pool that is there, cell by cell; and what the rules say of it.</summary>
public sealed class ExistingRulesTests
{
    private static readonly PoolFields Before = new(PoolMode.Transaction, 5, "checkout", "app");

    private readonly ExistingRules _rules = new(
        Some.Policy(),
        new Teams(Options.Create(new TeamsOptions
        {
            Teams =
            [
                new TeamOptions { Name = "Payments", Members = ["payments"], Leads = ["payments-leads"], Uses = [new TripleOptions { Cluster = "orders-prod", Database = "checkout", User = "app" }] },
                new TeamOptions { Name = "Orders", Members = ["orders"], Leads = ["orders-leads"], Uses = [new TripleOptions { Cluster = "orders-prod", Database = "orders" }] },
            ],
        })));

    private static readonly Dictionary<string, Person> People = new(StringComparer.Ordinal)
    {
        ["developer"] = Somebody(Role.Developer, "payments"),
        ["lead"] = Somebody(Role.TeamLead, "payments-leads"),
        ["developer of another team"] = Somebody(Role.Developer, "orders"),
        ["lead of another team"] = Somebody(Role.TeamLead, "orders-leads"),
        ["admin"] = Somebody(Role.Admin),
        ["auditor"] = Somebody(Role.Auditor, "payments", "payments-leads"),
        ["somebody in the team without a role"] = Somebody(null, "payments", "payments-leads"),
    };

    [Theory]
    [InlineData("developer", "Resize Edit Delete", "", "")]
    [InlineData("lead", "Resize Edit Delete ResetPassword", "Adopt", "Adopt")]
    [InlineData("developer of another team", "", "", "")]
    [InlineData("lead of another team", "", "", "Adopt")]
    [InlineData("admin", "", "Adopt", "Adopt")]
    [InlineData("auditor", "", "", "")]
    [InlineData("somebody in the team without a role", "", "", "")]
    public void Each_person_may_do_this_and_nothing_else(string who, string withManaged, string withDrift, string withUnmanaged)
    {
        // A drift adds the taking over of it, and takes nothing away.
        MayDo(People[who], Some.Pool("checkout-app", 5)).ShouldBe(withManaged);
        MayDo(People[who], Drifted()).ShouldBe($"{withManaged} {withDrift}".Trim().Replace("Delete ResetPassword Adopt", "Delete Adopt ResetPassword", StringComparison.Ordinal));
        MayDo(People[who], Some.Pool("checkout-app", 5, team: null)).ShouldBe(withUnmanaged);
    }

    [Fact]
    public void An_inbound_user_pool_has_no_password_to_reset() =>
        _rules.WhyNot(People["lead"], ChangeKind.ResetPassword, Some.Pool("checkout-app", 5, user: null), team: null)!.Message.ShouldContain("no user of its own");

    [Fact]
    public void A_pool_of_a_team_that_is_gone_is_changed_by_nobody() =>
        _rules.WhyNot(People["lead"], ChangeKind.Resize, Some.Pool("checkout-app", 5, team: "Ghosts"), team: null)!.Message.ShouldContain("no team Ghosts any more");

    [Fact]
    public void A_cluster_that_is_being_worked_on_refuses_what_is_sent_to_it_and_lets_adopt()
    {
        var pool = Some.Pool("checkout-app", 5, team: null);

        Mistakes(Ask(ChangeKind.Resize) with { Size = "6" }, Some.Pool("checkout-app", 5), "resizing").ShouldBe(["orders-prod is being resized: no changes now"]);
        Mistakes(Ask(ChangeKind.Adopt) with { Team = "Payments" }, pool, "resizing").ShouldBeEmpty();
    }

    [Fact]
    public void A_pool_above_the_budget_may_be_made_smaller_in_steps_and_not_larger()
    {
        var seen = Before with { Size = 120 };
        var pool = Some.Pool("checkout-app", 120);

        Mistakes(Ask(ChangeKind.Resize) with { Before = seen, Size = "110" }, pool).ShouldBeEmpty();
        Mistakes(Ask(ChangeKind.Resize) with { Before = seen, Size = "121" }, pool).ShouldBe(["Pool size must be 97 or fewer. orders-prod has 0 connections free besides this pool's 120"]);
    }

    [Fact]
    public void What_is_on_its_way_counts_against_a_larger_size()
    {
        var (_, mistakes) = _rules.Check(
            Ask(ChangeKind.Resize) with { Size = "40" }, Some.Cluster(onTheWay: 60, pools: [Some.Pool("checkout-app", 5)]), Some.Pool("checkout-app", 5));

        mistakes.Single().Message.ShouldBe("Pool size must be 37 or fewer. orders-prod has 32 connections free besides this pool's 5");
    }

    [Fact]
    public void A_new_password_of_a_user_whom_another_team_uses_too_waits_for_a_review()
    {
        var (request, _) = _rules.Check(
            Ask(ChangeKind.ResetPassword) with { Confirmation = "app", Reason = "leaked" },
            Some.Cluster(pools: [Some.Pool("checkout-app", 5), Some.Pool("orders-too", 2, team: "Orders")]),
            Some.Pool("checkout-app", 5));

        request!.Decision.Words.ShouldBe("app is behind orders-too of the team Orders already");
    }

    private IReadOnlyList<string> Mistakes(ExistingPoolRequest asked, PoolFacts pool, string status = "online") =>
        [.. _rules.Check(asked, Some.Cluster(status, pools: [pool]), pool).Mistakes.Select(mistake => mistake.Message)];

    private string MayDo(Person person, PoolFacts pool) => string.Join(
        ' ',
        Enum.GetValues<ChangeKind>().Where(kind => kind is not ChangeKind.Create && _rules.WhyNot(person, kind, pool, team: null) is null));

    private static PoolFacts Drifted() => Some.Pool("checkout-app", 5) with { Size = 8 };

    private static ExistingPoolRequest Ask(ChangeKind kind) => new()
    {
        FormId = Guid.NewGuid(),
        Kind = kind,
        ClusterId = Some.OrdersProd,
        PoolName = "checkout-app",
        Before = Before,
        Confirmation = "checkout-app",
    };

    private static Person Somebody(Role? role, params string[] groups) =>
        new("id", "Name", role is { } one ? new HashSet<Role> { one } : [], groups.ToHashSet(StringComparer.Ordinal));
}
