using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections.Probing;

/// <summary>How findings are judged and said, where no server is needed to have them.</summary>
public sealed class WordsTests
{
    private static readonly InUseContext Context = new("app", "checkout", Size: 5, IsInbound: false, KeepsSession: false, Twins: []);

    [Theory]
    [InlineData("transaction", null, true, false, "Ok", "Transaction, seen: two clients got the same server connection in turn.")]
    [InlineData("transaction", null, false, false, "Ok", "Transaction, as the API says. Other clients were at work, so it could not be seen.")]
    [InlineData("session", null, false, false, "Ok", "Session, as the API says. Nothing that was seen speaks against it.")]
    [InlineData("statement", null, false, true, "Ok", "Statement, seen: it refuses to begin a transaction.")]
    [InlineData("session", "session", false, false, "Ok", "Session, as PgBouncer says.")]
    [InlineData("something-new", null, false, false, "Ok", "something-new, as the API says.")]
    [InlineData("session", null, true, false, "Warning", "Transaction, seen: two clients got the same server connection in turn. DigitalOcean says Session.")]
    [InlineData("transaction", null, true, true, "Warning", "Statement, seen: it refuses to begin a transaction. DigitalOcean says Transaction.")]
    [InlineData("transaction", "statement", true, true, "Warning", "Statement, as PgBouncer says. DigitalOcean says Transaction.")]
    public void The_mode_that_shows_itself_is_set_beside_what_the_api_says(string api, string? pooler, bool lentTwice, bool refuses, string state, string words)
    {
        var finding = ModeSeen.Judge(SomeConnection.Pool(mode: api), PoolModes.Parse(pooler), lentTwice, refuses);

        (finding.State.ToString(), finding.Words).ShouldBe((state, words));
    }

    [Theory]
    [InlineData("transaction", 1, true)]
    [InlineData("session", 2, true)]
    [InlineData("session", 1, false)]
    [InlineData("statement", 5, false)]
    public void A_second_connection_is_taken_only_where_it_hurts_nobody(string mode, int size, bool may) =>
        ModeSeen.MayTakeTwo(SomeConnection.Pool(mode: mode) with { Size = size }).ShouldBe(may);

    [Fact]
    public void Who_waits_is_said_with_when_to_raise_the_size_and_when_not()
    {
        var use = Use(active: 4, held: 0, idle: 0) with { Waiting = 3, LongestWait = TimeSpan.FromSeconds(2.3) };

        InUseWords.Advice(use).ShouldBe(
        [
            new UseAdvice(
                "3 clients wait for a server connection, the longest for 2.3 s.",
                "Look at the cluster's CPU: when it is low, raise the size a little; when it is high, do not: make the queries faster, or the pool smaller."),
        ]);
        Happened(use with { Waiting = 1, LongestWait = null }).ShouldBe(["1 client waits for a server connection."]);
    }

    [Fact]
    public void A_pool_that_could_not_be_looked_through_is_full()
    {
        var full = Use(active: 5, held: 0, idle: 0) with { Context = Context with { IsDirect = true } };

        Happened(full).ShouldBe(["All server connections of the pool are busy, so more clients have to wait."]);
        Happened(Use(active: 4, held: 0, idle: 0)).ShouldBeEmpty(); // one was free, for the one who looked
    }

    [Fact]
    public void Connections_held_in_a_transaction_are_the_applications_matter()
    {
        Happened(Use(active: 0, held: 1, idle: 0)).ShouldBe(["1 connection is held in the middle of a transaction without a query."]);
        Happened(Use(active: 0, held: 2, idle: 0)).ShouldBe(["2 connections are held in the middle of a transaction without a query."]);
    }

    [Fact]
    public void An_idle_pool_can_be_smaller_and_a_pool_at_rest_needs_nothing()
    {
        InUseWords.Advice(Use(active: 0, held: 0, idle: 4)).Single().IsPressing.ShouldBeFalse();
        Happened(Use(active: 1, held: 0, idle: 1)).ShouldBeEmpty();
        Happened(Use(active: 0, held: 0, idle: 0)).ShouldBeEmpty();
    }

    [Fact]
    public void Figures_of_another_day_advise_nothing() =>
        Happened(Use(active: 0, held: 3, idle: 0) with { Waiting = 2, Context = null }).ShouldBeEmpty();

    [Fact]
    public void Figures_that_hold_more_than_the_pool_say_so()
    {
        InUseWords.Caveats(Use(active: 6, held: 0, idle: 0) with { Waiting = 0 }).Last().ShouldBe("There are more than the pool's 5, so some do not belong to it.");
        InUseWords.Caveats(Use(0, 0, 0) with { Waiting = 0, Context = Context with { Twins = ["a", "b"] } }).Last()
            .ShouldBe("Those of a and b are among them: they lead to the same database as the same user.");
        InUseWords.Caveats(Use(0, 0, 0) with { Waiting = 0, Context = Context with { IsInbound = true } }).Last()
            .ShouldBe("What other users of this inbound-user pool do cannot be seen.");
        InUseWords.Caveats(Use(0, 0, 0) with { Context = null }).ShouldBeEmpty();
    }

    [Fact]
    public void A_statement_tracked_left_behind_or_kept_by_the_session_means_different_things()
    {
        PreparedWords.Of(NamedStatement.Tracked, PoolMode.Transaction).Prepared.ShouldBe(PreparedStatements.Tracked);
        PreparedWords.Of(NamedStatement.OwnName, PoolMode.Transaction).Prepared.ShouldBe(PreparedStatements.Off);
        PreparedWords.Of(NamedStatement.OwnName, PoolMode.Session).Prepared.ShouldBe(PreparedStatements.Unknown);
        PreparedWords.Of(NamedStatement.LeftByAnother, PoolMode.Transaction).Finding.State.ShouldBe(FindingState.Warning);
    }

    [Theory]
    [InlineData(null, null, false, "NotTested", null)]
    [InlineData(true, true, false, "Ok", null)]
    [InlineData(true, false, false, "Warning", "GRANT CREATE ON SCHEMA public TO \"o\"\"brien\";")]
    [InlineData(true, false, true, "Warning", null)] // what is a standby is not mended by a grant
    public void A_missing_right_comes_with_the_line_to_ask_for(bool? mayUse, bool? mayCreate, bool isReadOnly, string state, string? command)
    {
        var notes = new ProbeNotes();

        PrivilegeWords.Note(notes, new Privileges("checkout", "o\"brien", MayConnect: true, isReadOnly, mayUse, mayCreate));

        var finding = notes.Finish().Of(ProbeStep.MayCreate)!;
        (finding.State.ToString(), finding.Command).ShouldBe((state, command));
    }

    [Fact]
    public void A_host_that_answers_nobody_is_the_networks_and_one_that_refuses_the_pools()
    {
        Reached At(Network network, ReachFailure failure) => new(new ProbeWay(new PoolEndpoint("h", 1), network), failure, "");

        At(Network.Public, ReachFailure.Refused).IsPoolsFault.ShouldBeTrue();
        At(Network.Private, ReachFailure.Refused).IsPoolsFault.ShouldBeFalse();
        At(Network.Public, ReachFailure.Silence).IsPoolsFault.ShouldBeFalse();
        At(Network.Public, ReachFailure.UnknownHost).IsPoolsFault.ShouldBeFalse();
    }

    [Fact]
    public void A_report_that_was_never_begun_says_why()
    {
        var report = ProbeReport.NotTested("the token may not read passwords");

        report.Connected.ShouldBeNull();
        report.Words.ShouldBe("not tested: the token may not read passwords");
        report.Findings.Single().Words.ShouldBe("The token may not read passwords.");
        report.Spoken.ShouldBe("Test finished: not tested: the token may not read passwords.");
    }

    private static IEnumerable<string> Happened(InUse use) => InUseWords.Advice(use).Select(advice => advice.Happened);

    private static InUse Use(int active, int held, int idle) => new(DateTimeOffset.UnixEpoch, active, held, idle) { Context = Context };
}
