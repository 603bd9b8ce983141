using Portal.Access;
using Portal.Changes;
using Portal.Connections;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Reviews.AccessNow;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Reviews;

[Trait("Database", "SQLite")]
public sealed class AccessNowOnSqliteTests() : AccessNowTests(server: null);

[Trait("Database", "PostgreSQL")]
public sealed class AccessNowOnPostgreSqlTests(SandboxFixture server) : AccessNowTests(server);

/// <summary>Who can see, change and review each pool, and why.</summary>
public abstract class AccessNowTests(SandboxFixture? server) : CareScene(server)
{
    [Fact]
    public async Task Each_right_comes_with_the_person_and_the_reason()
    {
        await EverybodyAsync();
        await MakeAsync("ours-app");

        var rows = await RowsAsync("ours-app");

        rows.Select(row => (row.Right, row.PersonName, row.Why)).ShouldBe(
            [
                (AccessRow.SeeConnection, "developer", "member of Payments through group payments; pattern orders-prod / checkout / app"),
                (AccessRow.SeeConnection, "lead", "lead of Payments through group payments-leads; pattern orders-prod / checkout / app"),
                (AccessRow.Change, "developer", "member of Payments through group payments"),
                (AccessRow.Change, "lead", "lead of Payments through group payments-leads"),
                (AccessRow.Review, "lead", "lead of Payments through group payments-leads; never their own request"),
                (AccessRow.Review, "admin", "admin: decides what the only lead, lead, asks for"),
                (AccessRow.HandOver, "lead", "lead of Payments through group payments-leads"),
                (AccessRow.HandOver, "admin", "admin"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task A_group_of_which_nobody_has_signed_in_is_there_all_the_same()
    {
        await _portal.SignInDeveloperAsync();
        await AsAsync("admin");
        await MakeAsync("ours-app");

        var rows = await RowsAsync("ours-app");

        rows.Where(row => row.Group == "payments-leads").Select(row => (row.Right, row.PersonName)).ShouldBe(
            [(AccessRow.SeeConnection, null), (AccessRow.Change, null), (AccessRow.Review, null), (AccessRow.HandOver, null)]);
        rows.Single(row => row is { Right: AccessRow.Review, PersonName: not null }).Why.ShouldBe("admin: no lead of Payments has signed in of late");
    }

    [Fact]
    public async Task What_belongs_to_nobody_and_what_was_changed_elsewhere_say_who_can()
    {
        await EverybodyAsync();
        await InThePanelAsync("by-hand", 3, "checkout", "app");
        await MakeAsync("drifted-app");
        await ChangeInThePanelAsync(new PoolFields(PoolMode.Transaction, 5, "orders", "orders_app"), "drifted-app");
        await MakeAsync("left-app", "Formers");
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        (await RowsAsync("by-hand")).Select(row => (row.Right, row.PersonName)).ShouldBe(
            [(AccessRow.SeeConnection, "admin"), (AccessRow.Change, "admin"), (AccessRow.Change, "lead")], ignoreOrder: true);
        (await RowsAsync("drifted-app")).Single(row => row.Right is AccessRow.SeeConnection).Why.ShouldBe("nobody: Payments may not use the database orders as orders_app");
        (await RowsAsync("left-app")).Select(row => (row.Right, row.PersonName)).ShouldBe([(AccessRow.SeeConnection, null), (AccessRow.HandOver, "admin")]);
    }

    [Fact]
    public async Task What_it_says_is_what_the_rules_do()
    {
        await EverybodyAsync();
        await MakeAsync("ours-app");
        await MakeAsync("theirs-app", "Orders");
        await InThePanelAsync("by-hand", 3, "checkout", "app");
        await InThePanelAsync("inbound-app", 3, "checkout", "");
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        var rows = (await _portal.Of<AccessReview>().ReadAsync(Stop)).ToList();
        var cluster = (await _portal.Of<InventoryQueries>().FindAsync(SandboxClusters.OrdersProd, Stop))!;

        foreach (var person in await _portal.Of<People>().AllAsync(Stop))
        {
            foreach (var pool in cluster.Pools)
            {
                var live = new Pool { Name = pool.Name, ModeText = pool.ModeText, Size = pool.Size, Database = pool.Database, User = pool.User, Endpoints = new PoolEndpoints() };
                Says(AccessRow.SeeConnection).ShouldBe(_portal.Of<ConnectionRights>().WhyNotAny(person, cluster.Identity, live, pool.Managed, cluster.Users) is null, $"{person.Name} sees {pool.Name}");
                var kind = pool.Managed is null ? ChangeKind.Adopt : ChangeKind.Resize;
                Says(AccessRow.Change).ShouldBe(_portal.Of<ExistingRules>().WhyNot(person, kind, pool, team: null) is null && MayAdopt(person, cluster, pool), $"{person.Name} changes {pool.Name}");
                if (pool.Managed is { } managed)
                {
                    Says(AccessRow.Review).ShouldBe(await MayReviewSomethingAsync(person, managed.Team), $"{person.Name} reviews {pool.Name}");
                }

                bool Says(string right) => rows.Any(row => row.Pool == pool.Name && row.Right == right && row.PersonId == person.Id);
            }
        }
    }

    private bool MayAdopt(Person person, ClusterFacts cluster, PoolFacts pool) =>
        pool.Managed is not null
        || person.Has(Role.Admin)
        || _portal.Of<ExistingRules>().AdoptingTeams(person).Any(team => FieldRules.MayAskFor(team, cluster.Identity, pool.Database, pool.User));

    private async Task<bool> MayReviewSomethingAsync(Person person, string team)
    {
        var members = (await _portal.Of<People>().AllAsync(Stop)).Where(_portal.Of<Teams>().Find(team)!.HasMember);
        foreach (var requester in members.Select(member => member.Id).Append(PoolChange.PortalId))
        {
            if ((await _portal.Of<People>().DecidersAsync(team, requester, Stop)).Include(person))
            {
                return true;
            }
        }

        return false;
    }

    private async Task EverybodyAsync()
    {
        foreach (var who in new[] { "developer", "lead", "lead of Orders", "admin", "auditor" })
        {
            await AsAsync(who);
        }
    }

    private async Task<IReadOnlyList<AccessRow>> RowsAsync(string pool) => [.. (await _portal.Of<AccessReview>().ReadAsync(Stop)).Where(row => row.Pool == pool)];
}
