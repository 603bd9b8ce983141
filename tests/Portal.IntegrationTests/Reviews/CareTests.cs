using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Reviews.LookAfter;

namespace Portal.IntegrationTests.Reviews;

[Trait("Database", "SQLite")]
public sealed class CareOnSqliteTests() : CareTests(server: null);

[Trait("Database", "PostgreSQL")]
public sealed class CareOnPostgreSqlTests(SandboxFixture server) : CareTests(server);

/// <summary>What is done with many pools at once, and who may do it.</summary>
public abstract class CareTests(SandboxFixture? server) : CareScene(server)
{
    [Theory]
    [InlineData("lead", true, true)]
    [InlineData("lead of Orders", false, false)]
    [InlineData("developer", false, false)]
    [InlineData("admin", false, true)]
    [InlineData("auditor", false, false)]
    public async Task Each_action_is_for_who_leads_the_team_and_handing_over_for_admins_too(string who, bool mayCare, bool mayHandOver)
    {
        await _portal.SignInAsync("lead", Role.TeamLead, "payments", "payments-leads");
        PoolKey[] pools = [await MakeAsync("kept-app"), await MakeAsync("dated-app"), await MakeAsync("small-app"), await MakeAsync("gone-app"), await MakeAsync("given-app")];
        var session = await AsAsync(who);

        var outcomes = new Dictionary<string, bool>
        {
            ["keep"] = await IsAllowedAsync(Care.KeepAsync(session, [pools[0]], Stop)),
            ["end date"] = await IsAllowedAsync(Care.SetEndDateAsync(session, [pools[1]], Day(30), Stop)),
            ["shrink"] = await IsAllowedAsync(Asking.ShrinkAsync(session, [(Chosen(pools[2]), "3")], Stop)),
            ["delete"] = await IsAllowedAsync(Asking.DeleteAsync(session, [Chosen(pools[3])], "gone-app", Stop)),
            ["hand over"] = await IsAllowedAsync(Handing.GiveAsync(session, [pools[4]], "Payments", "test|lead", Stop)),
        };

        outcomes.ShouldBe(new Dictionary<string, bool>
        {
            ["keep"] = mayCare,
            ["end date"] = mayCare,
            ["shrink"] = mayCare,
            ["delete"] = mayCare,
            ["hand over"] = mayHandOver,
        });
        ((await ManagedAsync("kept-app"))!.LastLookAt is not null).ShouldBe(mayCare);
        ((await ManagedAsync("dated-app"))!.EndsAt is not null).ShouldBe(mayCare);
        ChangesOf("small-app").Count.ShouldBe(mayCare ? 1 : 0);
        ChangesOf("gone-app").Count.ShouldBe(mayCare ? 1 : 0);
        ((await ManagedAsync("given-app"))!.OwnerName == "lead").ShouldBe(mayHandOver);
        Recorded(AuditAction.ActionRefused).Count.ShouldBe(outcomes.Count(action => !action.Value));
    }

    [Fact]
    public async Task Who_is_signed_out_does_nothing_and_who_has_neither_role_sees_no_list()
    {
        var pool = await MakeAsync("kept-app");
        var lead = await LeadAsync();
        await _portal.Of<Sessions>().EndAsync(lead, SessionEnd.SignedOut, by: null, Stop);

        (await NotTakenAsync(Care.KeepAsync(lead, [pool], Stop))).Message.ShouldBe(Refusal.SessionEnded.Message);
        (await NotTakenAsync(Handing.GiveAsync(lead, [pool], "Payments", "test|lead", Stop))).Message.ShouldBe(Refusal.SessionEnded.Message);
        (await NotTakenAsync(Asking.ShrinkAsync(lead, [(Chosen(pool), "3")], Stop))).Message.ShouldBe(Refusal.SessionEnded.Message);
        foreach (var who in new[] { "developer", "auditor" })
        {
            (await _portal.Of<CareList>().ReadAsync(await AsAsync(who), new CareQuery(), Stop)).TryGet(out _, out var refusal).ShouldBeFalse(who);
            refusal!.Message.ShouldContain("Leads look after");
        }
    }

    [Fact]
    public async Task Keeping_sets_the_next_look_and_one_that_is_gone_stops_none_of_the_others()
    {
        PoolKey[] pools = [await MakeAsync("first-app"), Key("never-there"), await MakeAsync("other-app", "Orders"), await MakeAsync("last-app")];
        var before = DateTimeOffset.UtcNow;

        var outcomes = await OutcomesAsync(Care.KeepAsync(await LeadAsync(), pools, Stop));

        outcomes.Select(outcome => outcome.Result).ShouldBe([CareResult.Done, CareResult.Refused, CareResult.Refused, CareResult.Done]);
        outcomes[1].Words.ShouldBe("The portal does not manage it any more.");
        outcomes[2].Words.ShouldBe("Only a lead of Orders can do that.");
        var kept = (await ManagedAsync("last-app"))!;
        kept.LastLookBy.ShouldBe("lead");
        (kept.NextLookAt - kept.LastLookAt).ShouldBe(TimeSpan.FromDays(90));
        kept.LastLookAt!.Value.ShouldBeGreaterThanOrEqualTo(before.AddMilliseconds(-1));
        (await ManagedAsync("other-app"))!.LastLookAt.ShouldBeNull();
        Recorded(AuditAction.LookedAfter).Select(row => row.Pool).ShouldBe(["first-app", "last-app"]);
        Recorded(AuditAction.LookedAfter)[0].Details.ShouldContain("\"decision\":\"keep\"");
    }

    [Fact]
    public async Task Shrinking_makes_a_change_for_each_pool_with_what_was_seen_before()
    {
        PoolKey[] pools = [await MakeAsync("first-app", size: 8), await MakeAsync("second-app", size: 6), await MakeAsync("third-app", size: 5)];
        ChosenPool[] chosen = [Chosen(pools[0], 8), Chosen(pools[1], 6), Chosen(pools[2], 5)];
        var lead = await LeadAsync();

        var outcomes = await OutcomesAsync(Asking.ShrinkAsync(lead, [(chosen[0], "3"), (chosen[1], "6"), (chosen[2], "a few")], Stop));
        var again = await OutcomesAsync(Asking.ShrinkAsync(lead, [(chosen[0], "3")], Stop));

        outcomes.Select(outcome => outcome.Result).ShouldBe([CareResult.UnderWay, CareResult.Refused, CareResult.Refused]);
        outcomes[1].Words.ShouldContain("It has 6 connections: enter fewer");
        outcomes[2].Words.ShouldBe("Pool size must be a whole number, like 5.");
        again[0].ChangeId.ShouldBe(outcomes[0].ChangeId, "the same form is one change");
        var change = await _portal.WaitAsync(outcomes[0].ChangeId!.Value, now => now.IsFinished);
        change.State.ShouldBe(ChangeState.Done);
        change.BeforeFields.ShouldBe(AsMade with { Size = 8 });
        (await AtDigitalOceanAsync("first-app"))!.Size.ShouldBe(3);
        (await AtDigitalOceanAsync("second-app"))!.Size.ShouldBe(6);
        (await ManagedAsync("first-app"))!.LastLookBy.ShouldBe("lead");
        (await ManagedAsync("second-app"))!.LastLookBy.ShouldBeNull();
    }

    [Fact]
    public async Task Deleting_asks_for_the_number_of_pools_and_deletes_what_is_still_what_was_seen()
    {
        PoolKey[] pools = [await MakeAsync("first-app"), await MakeAsync("second-app")];
        var lead = await LeadAsync();
        ChosenPool[] chosen = [Chosen(pools[0]), Chosen(pools[1])];
        await ChangeInThePanelAsync(AsMade with { Size = 7 }, "second-app");

        (await NotTakenAsync(Asking.DeleteAsync(lead, chosen, "first-app", Stop))).Mistakes.ShouldBe([new FieldMistake(ChangeField.Confirmation, "Type 2 to confirm")]);
        (await NotTakenAsync(Asking.DeleteAsync(lead, chosen[..1], "1", Stop))).Mistakes[0].Message.ShouldBe("Type first-app to confirm");
        ChangesOf("first-app").ShouldBeEmpty();
        var outcomes = await OutcomesAsync(Asking.DeleteAsync(lead, chosen, "2", Stop));

        outcomes.ShouldAllBe(outcome => outcome.Result == CareResult.UnderWay);
        (await _portal.WaitAsync(outcomes[0].ChangeId!.Value, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
        (await _portal.WaitAsync(outcomes[1].ChangeId!.Value, now => now.State is ChangeState.Conflict)).Happened!.ShouldContain("is not what it was");
        (await AtDigitalOceanAsync("first-app")).ShouldBeNull();
        (await AtDigitalOceanAsync("second-app")).ShouldNotBeNull();
        Deletes.ShouldBe(1);
    }

    [Fact]
    public async Task No_pool_and_too_many_pools_are_refused_as_a_whole()
    {
        var lead = await LeadAsync();

        (await NotTakenAsync(Care.KeepAsync(lead, [], Stop))).Message.ShouldBe("Choose at least one pool.");
        (await NotTakenAsync(Care.KeepAsync(lead, [.. Enumerable.Range(0, 201).Select(number => Key($"pool-{number}"))], Stop))).Message.ShouldBe("Choose 200 pools or fewer at once.");
    }

    private static async Task<bool> IsAllowedAsync(Task<DigitalOcean.Result<CareOutcomes, NotTaken>> answer) =>
        (await OutcomesAsync(answer)).Single().Result is not CareResult.Refused;

    private static string Day(int days) => EndDate.Typed(DateTimeOffset.UtcNow.AddDays(days))!;
}
