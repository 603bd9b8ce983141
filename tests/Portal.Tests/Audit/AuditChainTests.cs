using Portal.Audit;

namespace Portal.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 2, 11, TimeSpan.Zero);

    [Fact]
    public void An_untouched_chain_holds() => AuditChain.FirstBroken(Chain(20)).ShouldBeNull();

    [Fact]
    public void A_chain_that_does_not_begin_with_one_is_broken() => AuditChain.FirstBroken(Chain(20).Skip(1)).ShouldBe(2);

    [Fact]
    public void A_missing_row_breaks_the_chain_at_the_next() => AuditChain.FirstBroken(Chain(20).Where(row => row.Sequence != 7)).ShouldBe(8);

    [Fact]
    public void Two_rows_that_changed_places_break_it_at_the_first()
    {
        var rows = Chain(5);
        (rows[1], rows[2]) = (rows[2], rows[1]);

        AuditChain.FirstBroken(rows).ShouldBe(3);
    }

    private static readonly Dictionary<string, Func<AuditRow, AuditRow>> Touches = new()
    {
        ["time"] = row => row with { At = row.At.AddMicroseconds(1) },
        ["action"] = row => row with { Action = "something else" },
        ["actor"] = row => row with { ActorId = "somebody else" },
        ["name"] = row => row with { ActorName = null },
        ["change"] = row => row with { ChangeId = 99 },
        ["cluster"] = row => row with { ClusterId = Guid.Empty },
        ["pool"] = row => row with { Pool = "other" },
        ["details"] = row => row with { Details = "{}" },
        ["hash"] = row => row with { Hash = new byte[32] },
        ["previous"] = row => row with { PreviousHash = new byte[32] },
    };

    public static TheoryData<string> Touched => [.. Touches.Keys];

    [Theory]
    [MemberData(nameof(Touched))]
    public void A_row_that_was_touched_breaks_the_chain(string what)
    {
        var rows = Chain(10);
        rows[4] = Touches[what](rows[4]);

        AuditChain.FirstBroken(rows).ShouldBe(5);
    }

    [Fact]
    public void Details_are_written_in_one_order_and_without_what_is_null() =>
        AuditChain.Next(null, new AuditEntry("x") { Details = new Dictionary<string, string?> { ["b"] = "2", ["c"] = null, ["a"] = "1" } }, Now)
            .Details.ShouldBe("""{"a":"1","b":"2"}""");

    private static List<AuditRow> Chain(int length)
    {
        var rows = new List<AuditRow>();
        for (var number = 1; number <= length; number++)
        {
            rows.Add(AuditChain.Next(rows.LastOrDefault(), Entry(number), Now.AddTicks(number * 7)));
        }

        return rows;
    }

    private static AuditEntry Entry(int number) => new(AuditAction.Requested)
    {
        Actor = new AuditActor("issuer|1", "Ana"),
        ChangeId = number,
        ClusterId = Guid.NewGuid(),
        Pool = "checkout-app",
        Details = new Dictionary<string, string?> { ["size"] = "5" },
    };
}
