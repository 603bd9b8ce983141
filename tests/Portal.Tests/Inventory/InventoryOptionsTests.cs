using Portal.Inventory;
using Portal.Operations;

namespace Portal.Tests.Inventory;

public sealed class InventoryOptionsTests
{
    [Fact]
    public void The_defaults_leave_a_fifth_of_the_rate_limit_to_people()
    {
        var options = OptionsUnderTest.Read<InventoryOptions>(Room);

        options.RefreshAfter.ShouldBe(TimeSpan.FromMinutes(1));
        options.CallsPerMinute.ShouldBe(180);
        options.CallsPerHour.ShouldBe(4000);
    }

    [Theory]
    [InlineData("RefreshAfter", "00:00:09", "Inventory:RefreshAfter must be between 00:00:10 and 1.00:00:00.")]
    [InlineData("RefreshAfter", "1.00:00:01", "Inventory:RefreshAfter must be between 00:00:10 and 1.00:00:00.")]
    [InlineData("CallsPerMinute", "0", "Inventory:CallsPerMinute must be between 1 and 250.")]
    [InlineData("CallsPerMinute", "251", "Inventory:CallsPerMinute must be between 1 and 250.")]
    [InlineData("CallsPerHour", "0", "Inventory:CallsPerHour must be between 1 and 5000.")]
    [InlineData("CallsPerHour", "5001", "Inventory:CallsPerHour must be between 1 and 5000.")]
    public void A_wrong_value_is_refused_by_its_name(string key, string value, string message) =>
        OptionsUnderTest.Refusal<InventoryOptions>(Room, ($"Inventory:{key}", value)).ShouldBe(message);

    [Fact]
    public void The_api_is_digitaloceans_unless_something_else_is_said_and_that_is_a_sandbox()
    {
        var own = OptionsUnderTest.Read<DigitalOceanOptions>(Api);
        own.BaseUrl.ShouldBe(new Uri("https://api.digitalocean.com"));
        own.IsSandbox.ShouldBeFalse();
        (own.CallsPerMinute, own.CallsPerHour).ShouldBe((250, 5000));

        OptionsUnderTest.Read<DigitalOceanOptions>(Api, ("DigitalOcean:BaseUrl", "http://127.0.0.1:5081")).IsSandbox.ShouldBeTrue();
    }

    [Theory]
    [InlineData("api.digitalocean.com")]
    [InlineData("ftp://api.digitalocean.com")]
    public void What_is_no_address_of_an_api_is_refused(string address) =>
        OptionsUnderTest.Refusal<DigitalOceanOptions>(Api, ("DigitalOcean:BaseUrl", address))
            .ShouldBe("DigitalOcean:BaseUrl must be the API's address, for example https://api.digitalocean.com.");

    [Fact]
    public void The_token_never_goes_to_digitalocean_in_plain_http() =>
        OptionsUnderTest.Refusal<DigitalOceanOptions>(Api, ("DigitalOcean:BaseUrl", "http://api.digitalocean.com"))
            .ShouldBe("DigitalOcean:BaseUrl must begin with https: the token must not be sent for others to read.");

    [Theory]
    [InlineData("CallsPerMinute", "0", "DigitalOcean:CallsPerMinute must be between 1 and 1000000.")]
    [InlineData("CallsPerHour", "1000001", "DigitalOcean:CallsPerHour must be between 1 and 1000000.")]
    public void A_wrong_limit_of_the_api_is_refused_by_its_name(string key, string value, string message) =>
        OptionsUnderTest.Refusal<DigitalOceanOptions>(Api, ($"DigitalOcean:{key}", value)).ShouldBe(message);

    private static void Room(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        services.AddStrictOptions<InventoryOptions>(InventoryOptions.Section);

    private static void Api(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        services.AddStrictOptions<DigitalOceanOptions>(DigitalOceanOptions.Section);
}
