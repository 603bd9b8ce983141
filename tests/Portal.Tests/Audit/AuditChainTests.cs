using Portal.Audit;
using Portal.Testing;

namespace Portal.Tests.Audit;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 2, 11, TimeSpan.Zero);

    [Fact]
    public void An_untouched_chain_holds() => SomeRecord.FirstBroken(SomeRecord.Chain(20)).ShouldBeNull();

    [Fact]
    public void A_chain_that_does_not_begin_with_one_is_broken() => SomeRecord.FirstBroken(SomeRecord.Chain(20).Skip(1)).ShouldBe(1);

    [Fact]
    public void A_missing_row_breaks_the_chain_where_it_was() => SomeRecord.FirstBroken(SomeRecord.Chain(20).Where(row => row.Sequence != 7)).ShouldBe(7);

    [Fact]
    public void Two_rows_that_changed_places_break_it_at_the_first()
    {
        var rows = SomeRecord.Chain(5);
        (rows[1], rows[2]) = (rows[2], rows[1]);

        SomeRecord.FirstBroken(rows).ShouldBe(2);
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
        var rows = SomeRecord.Chain(10);
        rows[4] = Touches[what](rows[4]);

        SomeRecord.FirstBroken(rows).ShouldBe(5);
    }

    [Fact]
    public void Details_are_written_in_one_order_and_without_what_is_null() =>
        AuditChain.Next((0, AuditChain.Nothing), new AuditEntry("x") { Details = new Dictionary<string, string?> { ["b"] = "2", ["c"] = null, ["a"] = "1" } }, Now)
            .Details.ShouldBe("""{"a":"1","b":"2"}""");
}
