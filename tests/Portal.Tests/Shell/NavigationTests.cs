using System.Security.Claims;
using Portal.Access;
using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class NavigationTests
{
    [Fact]
    public void Without_a_role_there_is_nowhere_to_go() => Navigation.For(new HashSet<Role>()).ShouldBeEmpty();

    [Fact]
    public void Each_role_is_offered_only_what_names_it()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var offered = Navigation.For(new HashSet<Role> { role }).ToList();

            offered.ShouldAllBe(item => item.Roles.Contains(role));
            offered.ShouldBe(Navigation.All.Where(item => item.Roles.Contains(role)));
        }
    }

    [Theory]
    [InlineData("", "Pools")]
    [InlineData("pools/new", "Pools")]
    [InlineData("clusters/9cc10173-e9ea-4176-9dbc-a4cee4c4ff30/pools/checkout-app", "Pools")]
    [InlineData("changes", "Changes")]
    [InlineData("changes/7", "Changes")]
    [InlineData("look-after", "Look after")]
    [InlineData("changesets", null)]
    [InlineData("reviews", "Reviews")]
    [InlineData("reviews/7", "Reviews")]
    [InlineData("nowhere", null)]
    public void A_page_belongs_to_one_entry_or_to_none(string path, string? text) => Navigation.Find(path)?.Text.ShouldBe(text);

    [Fact]
    public void The_account_shows_the_roles_that_are_known_and_forgets_the_others()
    {
        var account = Account.Of(User("TeamLead", "Developer", "Emperor", "0"));

        account.Name.ShouldBe("lead");
        account.Roles.ShouldBe([Role.TeamLead, Role.Developer], ignoreOrder: true);
        account.RoleNames.ShouldBe("Team lead");
    }

    [Fact]
    public void Somebody_without_a_role_is_said_to_have_none() => Account.Of(User()).RoleNames.ShouldBe("No role");

    [Fact]
    public void Admin_and_auditor_are_roles_of_their_own() => Account.Of(User("Auditor", "Admin")).RoleNames.ShouldBe("Admin, Auditor");

    private static ClaimsPrincipal User(params string[] roles) =>
        new(new ClaimsIdentity([new Claim("name", "lead"), .. roles.Select(role => new Claim("role", role))], "session", "name", "role"));
}
