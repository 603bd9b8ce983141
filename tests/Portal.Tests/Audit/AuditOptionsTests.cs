using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Operations;

namespace Portal.Tests.Audit;

public sealed class AuditOptionsTests
{
    [Fact]
    public void By_default_new_rows_are_verified_every_10_seconds_and_signed_every_1000_rows_or_hour_if_there_is_a_key()
    {
        var options = OptionsUnderTest.Read<AuditOptions>(Room);

        options.VerifyEvery.ShouldBe(TimeSpan.FromSeconds(10));
        options.CheckpointEveryRows.ShouldBe(1000);
        options.CheckpointEvery.ShouldBe(TimeSpan.FromHours(1));
        options.SigningKeyPath.ShouldBeNull();
        options.HeadsRequired.ShouldBeFalse();
        options.Heads.File.ShouldBeNull();
        options.Heads.StandardOutput.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Audit:VerifyEvery", "00:00:00.009", "Audit:VerifyEvery must be from 0:00:00.010 to 1:00:00.")]
    [InlineData("Audit:VerifyEvery", "01:00:01", "Audit:VerifyEvery must be from 0:00:00.010 to 1:00:00.")]
    [InlineData("Audit:CheckpointEveryRows", "0", "Audit:CheckpointEveryRows must be from 1 to 1000000.")]
    [InlineData("Audit:CheckpointEveryRows", "1000001", "Audit:CheckpointEveryRows must be from 1 to 1000000.")]
    [InlineData("Audit:CheckpointEvery", "00:00:00.9", "Audit:CheckpointEvery must be from 0:00:01 to 1.00:00:00.")]
    [InlineData("Audit:CheckpointEvery", "1.00:00:01", "Audit:CheckpointEvery must be from 0:00:01 to 1.00:00:00.")]
    [InlineData("Audit:HeadsRequired", "true", "Audit:HeadsRequired needs a place for the heads: Audit:Heads:File, or Audit:Heads:StandardOutput.")]
    public void What_is_out_of_its_bounds_is_refused_by_name(string key, string value, string message) =>
        OptionsUnderTest.Refusal<AuditOptions>(Room, (key, value)).ShouldBe(message);

    [Theory]
    [InlineData("Audit:VerifyEvery", "00:00:00.010")]
    [InlineData("Audit:VerifyEvery", "01:00:00")]
    [InlineData("Audit:CheckpointEveryRows", "1")]
    [InlineData("Audit:CheckpointEvery", "1.00:00:00")]
    public void The_bounds_themselves_are_taken(string key, string value) =>
        Should.NotThrow(() => OptionsUnderTest.Read<AuditOptions>(Room, (key, value)));

    private static void Room(IServiceCollection services) => services.AddStrictOptions<AuditOptions, AuditOptionsValidator>(AuditOptions.Section);
}
