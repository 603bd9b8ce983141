using System.Text.Json;
using Portal.DigitalOcean;
using Portal.Pools.Fields;

namespace Portal.Tests.Pools.Fields;

public sealed class SizeCalculationTests
{
    [Theory]
    [InlineData("300", "12", 6)]
    [InlineData(" 300 ", "12.5", 6)]
    [InlineData("300", null, null)]
    [InlineData("", "12", null)]
    [InlineData("300", "0", null)]
    [InlineData("-300", "12", null)]
    [InlineData("a lot", "12", null)]
    [InlineData("1,000", "12", null)]
    [InlineData("1000001", "12", null)]
    public void Traffic_is_understood_when_both_are_numbers(string? perSecond, string? milliseconds, int? expected) =>
        new SizeCalculation { PerSecond = perSecond, Milliseconds = milliseconds }.Needed(PoolMode.Transaction).ShouldBe(expected);

    [Theory]
    [InlineData("3", "10", 30)]
    [InlineData("3", "", null)]
    [InlineData("2.5", "10", null)]
    [InlineData("10001", "1", null)]
    [InlineData("10000", "10000", 100_000_000)]
    public void Sessions_are_understood_when_both_are_whole_numbers(string? instances, string? each, int? expected) =>
        new SizeCalculation { Instances = instances, ConnectionsEach = each }.Needed(PoolMode.Session).ShouldBe(expected);

    [Fact]
    public void Each_mode_asks_for_its_own_figures()
    {
        var both = new SizeCalculation { PerSecond = "300", Milliseconds = "12", Instances = "3", ConnectionsEach = "10" };

        both.Needed(PoolMode.Transaction).ShouldBe(6);
        both.Needed(PoolMode.Statement).ShouldBe(6);
        both.Needed(PoolMode.Session).ShouldBe(30);
    }

    [Fact]
    public void What_is_not_typed_yet_is_not_called_wrong()
    {
        new SizeCalculation().IsWrong(PoolMode.Transaction).ShouldBeFalse();
        new SizeCalculation { PerSecond = "300" }.IsWrong(PoolMode.Transaction).ShouldBeFalse();
        new SizeCalculation { PerSecond = "many" }.IsWrong(PoolMode.Transaction).ShouldBeTrue();
        new SizeCalculation { PerSecond = "many" }.IsWrong(PoolMode.Session).ShouldBeFalse();
        new SizeCalculation { ConnectionsEach = "0" }.IsWrong(PoolMode.Session).ShouldBeTrue();
    }

    [Fact]
    public void A_draft_keeps_it()
    {
        var typed = new SizeCalculation { PerSecond = "300", Milliseconds = "twelve", Instances = "3" };

        JsonSerializer.Deserialize<SizeCalculation>(JsonSerializer.Serialize(typed)).ShouldBe(typed);
    }
}
