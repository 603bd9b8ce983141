using Microsoft.Extensions.DependencyInjection;
using Portal.Operations;
using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class ConnectionLimitsTests
{
    [Fact]
    public void The_defaults_leave_room_for_requests_beside_open_pages()
    {
        var limits = OptionsUnderTest.Read<ConnectionLimits>(Room);

        limits.MaxConnections.ShouldBe(12_000);
        limits.MaxCircuits.ShouldBe(10_000);
        limits.CircuitsPerPerson.ShouldBe(20);
    }

    [Theory]
    [InlineData("MaxConnections", "99", "Limits:MaxConnections must be between 100 and 1000000.")]
    [InlineData("MaxConnections", "1000001", "Limits:MaxConnections must be between 100 and 1000000.")]
    [InlineData("MaxCircuits", "99", "Limits:MaxCircuits must be between 100 and 1000000.")]
    [InlineData("MaxCircuits", "1000001", "Limits:MaxCircuits must be between 100 and 1000000.")]
    [InlineData("CircuitsPerPerson", "0", "Limits:CircuitsPerPerson must be between 1 and 1000.")]
    [InlineData("CircuitsPerPerson", "1001", "Limits:CircuitsPerPerson must be between 1 and 1000.")]
    public void A_wrong_value_is_refused_by_its_name(string key, string value, string message) =>
        OptionsUnderTest.Refusal<ConnectionLimits>(Room, ($"Limits:{key}", value)).ShouldBe(message);

    private static void Room(IServiceCollection services) => services.AddStrictOptions<ConnectionLimits>(ConnectionLimits.Section);
}
