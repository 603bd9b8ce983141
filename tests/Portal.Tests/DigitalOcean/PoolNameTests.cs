using Portal.DigitalOcean;

namespace Portal.Tests.DigitalOcean;

public sealed class PoolNameTests
{
    public static TheoryData<string?, PoolNameFault?> Names => new()
    {
        { null, PoolNameFault.TooShort },
        { "", PoolNameFault.TooShort },
        { "ab", PoolNameFault.TooShort },
        { "abc", null },
        { "a--", null },
        { "Orders_2-tx", null },
        { "p_danube22_22_07_13__1300", null },
        { new string('a', 60), null },
        { new string('a', 61), PoolNameFault.TooLong },
        { "1ab", PoolNameFault.DoesNotBeginWithLetter },
        { "-ab", PoolNameFault.DoesNotBeginWithLetter },
        { "_ab", PoolNameFault.DoesNotBeginWithLetter },
        { " ab", PoolNameFault.DoesNotBeginWithLetter },
        { "äbc", PoolNameFault.DoesNotBeginWithLetter },
        { "a b", PoolNameFault.HasOtherCharacter },
        { "a.b", PoolNameFault.HasOtherCharacter },
        { "a/b", PoolNameFault.HasOtherCharacter },
        { "abc\n", PoolNameFault.HasOtherCharacter },
        { "abé", PoolNameFault.HasOtherCharacter },
        { "ab٣", PoolNameFault.HasOtherCharacter },
        { "pgbouncer", PoolNameFault.IsReserved },
        { "pgbouncer2", null },
        { "PgBouncer", null },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_valid_or_breaks_a_rule_that_can_be_told(string? name, PoolNameFault? fault)
    {
        PoolName.Validate(name).ShouldBe(fault);
        PoolName.IsValid(name).ShouldBe(fault is null);
    }

    [Fact]
    public void A_cluster_has_at_most_21_pools_and_a_pool_at_least_one_connection() =>
        (PoolLimits.MaximumPoolsPerCluster, PoolLimits.MinimumSize).ShouldBe((21, 1));
}
