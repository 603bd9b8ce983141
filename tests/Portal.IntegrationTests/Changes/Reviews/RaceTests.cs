using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>Two leads at the same request at the same moment, with now and then its requester or its end: one wins, and the others are told.</summary>
/// <remarks>A portal that is put together but not started, so that nothing carries out what is approved.</remarks>
public abstract class RaceTests(SandboxFixture? server, int runs)
{
    /// <summary>What a requester is told who is too late, before it is read that it was decided and after.</summary>
    private static readonly string[] NotWithdrawn =
        ["This can no longer be withdrawn: it has begun or is finished.", "Something else happened to this change at the same moment. Look at it again."];

    private static readonly string[] Decisions = [AuditAction.Approved, AuditAction.ApprovedSmaller, AuditAction.Declined, AuditAction.Withdrawn, AuditAction.Expired];

    [Fact]
    public async Task One_of_two_leads_wins_and_the_other_is_told_who_and_what()
    {
        await using var sandbox = await ColdSandbox.StartAsync();
        using var database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        await using var portal = PortalApp.Build(PortalHost.Arguments(sandbox, database, settings => settings["Vault:KeysPath"] = ""));
        await using (var db = await Of<IDbContextFactory<PortalDbContext>>(portal).CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        }

        (await Of<InventoryReader>(portal).ReadClustersAsync(CancellationToken.None)).ShouldBeNull();
        (await Of<InventoryReader>(portal).ReadClusterAsync(SandboxClusters.OrdersProd, CancellationToken.None)).TryGet(out _, out var failure).ShouldBeTrue(failure?.ToString());
        SessionKey[] leads = [await LeadAsync(portal, "lead"), await LeadAsync(portal, "lead3")];
        var developer = await SignInAsync(portal, "developer", Role.Developer, "payments");

        for (var seed = 0; seed < runs; seed++)
        {
            await RunAsync(portal, leads, developer, seed);
        }

        SomeRecord.FirstBroken(await RecordAsync(portal, since: 0)).ShouldBeNull();
    }

    private static async Task RunAsync(WebApplication portal, SessionKey[] leads, SessionKey developer, int seed)
    {
        var random = new Random(seed);
        var change = SeededChange.New($"race-{seed}");
        await SeededChange.KeepAsync(Of<IDbContextFactory<PortalDbContext>>(portal), change);
        var tries = leads.Select(lead => (Func<Task<string?>>)(() => DecideAsync(portal, lead, change.Id, random.Next(3)))).ToList();
        if (random.Next(4) == 0)
        {
            tries.Add(async () => (await Of<ChangeDecisions>(portal).WithdrawAsync(developer, change.Id, CancellationToken.None))?.Message);
        }

        if (random.Next(4) == 0)
        {
            tries.Add(() => ExpireAsync(portal, change));
        }

        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tries));
        var answers = await Task.WhenAll(tries.Select(one => Task.Run(one)));

        var why = $"seed {seed}: {string.Join(" | ", answers.Select(answer => answer ?? "done"))}";
        var after = (await Of<ChangeQueries>(portal).FindAsync(change.Id, CancellationToken.None))!;
        var record = (await RecordAsync(portal, change.Id)).Where(row => Decisions.Contains(row.Action)).ToList();
        // A requester may still take back what was approved and has not begun.
        if (record is [_, { Action: AuditAction.Withdrawn }])
        {
            record[0].Action.ShouldBeOneOf(AuditAction.Approved, AuditAction.ApprovedSmaller);
            after.State.ShouldBe(ChangeState.Withdrawn, why);
        }
        else
        {
            record.Count.ShouldBe(1, why);
            after.State.ShouldBe(StateAfter(record[0].Action), why);
        }

        answers.Count(answer => answer is null).ShouldBe(record.Count, why);
        (after.DecidedById ?? record[0].ActorId).ShouldBe(record[0].ActorId, why);
        after.DecidedById.ShouldNotBe(after.RequesterId, why);
        after.Size.ShouldBe(record[0].Action is AuditAction.ApprovedSmaller ? 12 : 30, why);
        answers.OfType<string>().Except(NotWithdrawn).ShouldAllBe(answer => answer == ReviewWords.DecidedAlready(after) || answer.StartsWith($"{after.DecidedByName} approved this already"), why);
        await ForgetAsync(portal, change.Id);
    }

    private static async Task<string?> DecideAsync(WebApplication portal, SessionKey lead, long id, int which)
    {
        var reviews = Of<ChangeReviews>(portal);
        var notTaken = which switch
        {
            0 => await reviews.ApproveAsync(lead, id, "yes", CancellationToken.None),
            1 => await reviews.ApproveSmallerAsync(lead, id, "12", null, CancellationToken.None),
            _ => await reviews.DeclineAsync(lead, id, "no", CancellationToken.None),
        };
        return notTaken?.Message;
    }

    // Told apart from the answers to people by its own words: what the clock does it tells nobody.
    private static async Task<string?> ExpireAsync(WebApplication portal, PoolChange change)
    {
        var clock = new FakeClock();
        clock.Advance(change.RequestedAt - clock.GetUtcNow() + TimeSpan.FromDays(8));
        await new ReviewDeadlines(Of<Database>(portal), Of<AuditLog>(portal), Of<ChangeFeed>(portal), Of<IOptions<ChangesOptions>>(portal), clock).LookAsync(CancellationToken.None);
        var after = (await Of<ChangeQueries>(portal).FindAsync(change.Id, CancellationToken.None))!;
        return after.State is ChangeState.Expired ? null : ReviewWords.DecidedAlready(after);
    }

    private static ChangeState StateAfter(string action) => action switch
    {
        AuditAction.Declined => ChangeState.Declined,
        AuditAction.Withdrawn => ChangeState.Withdrawn,
        AuditAction.Expired => ChangeState.Expired,
        _ => ChangeState.Approved,
    };

    private static Task<SessionKey> LeadAsync(WebApplication portal, string name) => SignInAsync(portal, name, Role.TeamLead, "payments", "payments-leads");

    private static Task<SessionKey> SignInAsync(WebApplication portal, string name, Role role, params string[] groups) => Of<Sessions>(portal).BeginAsync(
        new SignedIn { Person = new Person($"test|{name}", name, new HashSet<Role> { role }, groups.ToHashSet(StringComparer.Ordinal)), IdToken = "not-a-token", Nonce = name },
        CancellationToken.None);

    /// <param name="since">0 for all of it.</param>
    private static Task<List<AuditRow>> RecordAsync(WebApplication portal, long since) => Of<Database>(portal).ReadAsync(
        db => db.Set<AuditRow>().Where(row => since == 0 || row.ChangeId == since).OrderBy(row => row.Sequence).ToListAsync(),
        CancellationToken.None);

    private static Task<int> ForgetAsync(WebApplication portal, long id) => Of<Database>(portal).WriteAsync(
        (db, token) => db.Set<PoolChange>().Where(change => change.Id == id).ExecuteDeleteAsync(token),
        CancellationToken.None);

    private static T Of<T>(WebApplication portal)
        where T : notnull => portal.Services.GetRequiredService<T>();
}

public sealed class RacesOnSqliteTests() : RaceTests(server: null, runs: 1000);

public sealed class RacesOnPostgreSqlTests(SandboxFixture server) : RaceTests(server, runs: 200);
