using Microsoft.Extensions.Options;
using Portal.Changes;
using Portal.Operations;

namespace Portal.Tests.Changes;

public sealed class ChangesOptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_documentation()
    {
        var options = Read();

        options.AtOnceSize.ShouldBe(5);
        options.AtOnceShare.ShouldBe(0.2);
        options.ClusterShare.ShouldBe(0.8);
        options.ReviewExpiresAfter.ShouldBe(TimeSpan.FromDays(7));
        options.ReviewRemindedAfter.ShouldBe(TimeSpan.FromDays(2));
        options.ReadBackAfter.ShouldBe(TimeSpan.FromSeconds(1));
        options.ReadBackTimes.ShouldBe(4);
        options.SendAgainTimes.ShouldBe(3);
        options.ReadBackFor.ShouldBe(TimeSpan.FromHours(1));
        options.NotReadyWait.ShouldBe(TimeSpan.FromSeconds(15));
        options.NotReadyTimes.ShouldBe(10);
        options.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        options.LookEvery.ShouldBe(TimeSpan.FromDays(90));
        options.Lease.ShouldBe(TimeSpan.FromSeconds(20));
        options.AtATime.ShouldBe(4);
        options.EndCallsFor.ShouldBe(TimeSpan.FromSeconds(25));
    }

    [Theory]
    [InlineData("AtOnceSize", "-1", "Changes:AtOnceSize must be between 0 and 997 server connections.")]
    [InlineData("AtOnceSize", "998", "Changes:AtOnceSize must be between 0 and 997 server connections.")]
    [InlineData("AtOnceShare", "1.01", "Changes:AtOnceShare must be between 0 and 1.")]
    [InlineData("AtOnceShare", "-0.01", "Changes:AtOnceShare must be between 0 and 1.")]
    [InlineData("ClusterShare", "1.01", "Changes:ClusterShare must be between 0 and 1.")]
    [InlineData("ReviewExpiresAfter", "00:00:59", "Changes:ReviewExpiresAfter must be between 00:01:00 and 365.00:00:00.")]
    [InlineData("ReviewExpiresAfter", "365.00:00:01", "Changes:ReviewExpiresAfter must be between 00:01:00 and 365.00:00:00.")]
    [InlineData("ReviewExpiresAfter", "2.00:00:00", "Changes:ReviewRemindedAfter must be less than Changes:ReviewExpiresAfter.")]
    [InlineData("ReviewRemindedAfter", "00:00:00", "Changes:ReviewRemindedAfter must be between 00:00:01 and 365.00:00:00.")]
    [InlineData("ReviewRemindedAfter", "7.00:00:00", "Changes:ReviewRemindedAfter must be less than Changes:ReviewExpiresAfter.")]
    [InlineData("ReadBackAfter", "00:00:00", "Changes:ReadBackAfter must be between 00:00:00.001 and 00:10:00.")]
    [InlineData("ReadBackAfter", "00:10:01", "Changes:ReadBackAfter must be between 00:00:00.001 and 00:10:00.")]
    [InlineData("ReadBackTimes", "0", "Changes:ReadBackTimes must be between 1 and 20.")]
    [InlineData("ReadBackTimes", "21", "Changes:ReadBackTimes must be between 1 and 20.")]
    [InlineData("SendAgainTimes", "-1", "Changes:SendAgainTimes must be between 0 and 10.")]
    [InlineData("SendAgainTimes", "11", "Changes:SendAgainTimes must be between 0 and 10.")]
    [InlineData("ReadBackFor", "00:00:00", "Changes:ReadBackFor must be between 00:00:01 and 1.00:00:00.")]
    [InlineData("ReadBackFor", "1.00:00:01", "Changes:ReadBackFor must be between 00:00:01 and 1.00:00:00.")]
    [InlineData("NotReadyWait", "00:00:00", "Changes:NotReadyWait must be between 00:00:00.001 and 00:10:00.")]
    [InlineData("NotReadyTimes", "-1", "Changes:NotReadyTimes must be between 0 and 100.")]
    [InlineData("NotReadyTimes", "101", "Changes:NotReadyTimes must be between 0 and 100.")]
    [InlineData("RetryAfter", "00:00:00", "Changes:RetryAfter must be between 00:00:00.001 and 00:10:00.")]
    [InlineData("LookEvery", "23:59:59", "Changes:LookEvery must be between 1.00:00:00 and 1000.00:00:00.")]
    [InlineData("LookEvery", "1000.00:00:01", "Changes:LookEvery must be between 1.00:00:00 and 1000.00:00:00.")]
    [InlineData("Lease", "00:00:00.099", "Changes:Lease must be between 00:00:00.100 and 00:10:00.")]
    [InlineData("Lease", "00:10:01", "Changes:Lease must be between 00:00:00.100 and 00:10:00.")]
    [InlineData("AtATime", "0", "Changes:AtATime must be between 1 and 50.")]
    [InlineData("AtATime", "51", "Changes:AtATime must be between 1 and 50.")]
    [InlineData("EndCallsFor", "-00:00:01", "Changes:EndCallsFor must be between 00:00:00 and 00:00:25.")]
    [InlineData("EndCallsFor", "00:00:26", "Changes:EndCallsFor must be between 00:00:00 and 00:00:25.")]
    public void A_wrong_value_is_refused_by_its_name(string key, string value, string message) =>
        OptionsUnderTest.Refusal<ChangesOptions>(Room, ($"Changes:{key}", value)).ShouldBe(message);

    [Theory]
    [InlineData("AtOnceSize", "0")]
    [InlineData("AtOnceSize", "997")]
    [InlineData("AtOnceShare", "0")]
    [InlineData("AtOnceShare", "1")]
    [InlineData("ReviewExpiresAfter", "2.00:00:01")]
    [InlineData("ReviewExpiresAfter", "365.00:00:00")]
    [InlineData("ReviewRemindedAfter", "00:00:01")]
    [InlineData("ReviewRemindedAfter", "6.23:59:59")]
    [InlineData("ReadBackAfter", "00:00:00.001")]
    [InlineData("ReadBackAfter", "00:10:00")]
    [InlineData("LookEvery", "1.00:00:00")]
    [InlineData("Lease", "00:00:00.100")]
    [InlineData("AtATime", "1")]
    [InlineData("AtATime", "50")]
    public void A_value_at_its_bound_is_taken(string key, string value) => Should.NotThrow(() => Read(($"Changes:{key}", value)));

    [Fact]
    public void An_unknown_key_is_refused_by_its_name() =>
        Should.Throw<OptionsValidationException>(() => Read(("Changes:AtOnceSise", "5"))).Message.ShouldContain("AtOnceSise");

    private static ChangesOptions Read(params (string, string)[] settings) => OptionsUnderTest.Read<ChangesOptions>(Room, settings);

    private static void Room(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        services.AddStrictOptions<ChangesOptions>(ChangesOptions.Section);
}
