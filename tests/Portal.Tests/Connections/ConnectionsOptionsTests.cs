using Microsoft.Extensions.DependencyInjection;
using Portal.Connections;
using Portal.Operations;

namespace Portal.Tests.Connections;

public sealed class ConnectionsOptionsTests
{
    [Fact]
    public void A_person_has_twenty_an_hour_and_ten_new_pools_in_ten_minutes()
    {
        var options = OptionsUnderTest.Read<ConnectionsOptions>(Room);

        options.PerHour.ShouldBe(20);
        options.FirstLooks.ShouldBe(10);
        options.FirstLooksWithin.ShouldBe(TimeSpan.FromMinutes(10));
        options.Beyond.ShouldBe(BeyondUsual.StepUp);
    }

    [Theory]
    [InlineData("PerHour", "0", "Connections:PerHour must be between 1 and 1000.")]
    [InlineData("PerHour", "1001", "Connections:PerHour must be between 1 and 1000.")]
    [InlineData("FirstLooks", "0", "Connections:FirstLooks must be between 1 and 1000.")]
    [InlineData("FirstLooks", "1001", "Connections:FirstLooks must be between 1 and 1000.")]
    [InlineData("FirstLooksWithin", "00:00:59", "Connections:FirstLooksWithin must be from 0:01:00 to 1:00:00.")]
    [InlineData("FirstLooksWithin", "01:00:01", "Connections:FirstLooksWithin must be from 0:01:00 to 1:00:00.")]
    public void A_wrong_value_is_refused_by_its_name(string key, string value, string message) =>
        OptionsUnderTest.Refusal<ConnectionsOptions>(Room, ($"Connections:{key}", value)).ShouldBe(message);

    [Theory]
    [InlineData("PerHour", "1000")]
    [InlineData("FirstLooksWithin", "00:01:00")]
    [InlineData("FirstLooksWithin", "01:00:00")]
    [InlineData("Beyond", "Refuse")]
    public void The_bounds_themselves_are_taken(string key, string value) =>
        Should.NotThrow(() => OptionsUnderTest.Read<ConnectionsOptions>(Room, ($"Connections:{key}", value)));

    private static void Room(IServiceCollection services) => services.AddStrictOptions<ConnectionsOptions>(ConnectionsOptions.Section);
}
