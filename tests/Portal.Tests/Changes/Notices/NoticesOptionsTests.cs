using Portal.Changes.Notices;
using Portal.Operations;

namespace Portal.Tests.Changes.Notices;

public sealed class NoticesOptionsTests
{
    [Fact]
    public void Nothing_is_told_unless_somebody_says_where()
    {
        var options = Read();

        options.IsOn.ShouldBeFalse();
        options.Format.ShouldBe(NoticeFormat.Json);
        options.SecretPath.ShouldBe("pool-portal/notices");
        options.RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        options.RetryAtMost.ShouldBe(TimeSpan.FromHours(1));
        options.RetryFor.ShouldBe(TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData("Url", "https://hooks.example.com/a?b=c")]
    [InlineData("Url", "http://127.0.0.1:9000/")]
    [InlineData("Url", "http://localhost:9000/a")]
    [InlineData("UrlPath", "pool-portal/slack")]
    public void An_address_or_where_it_is_in_the_vault_turns_them_on(string key, string value) => Read(($"Notices:{key}", value)).IsOn.ShouldBeTrue();

    [Theory]
    [InlineData("http://hooks.example.com/")]
    [InlineData("https://user:word@hooks.example.com/")]
    [InlineData("ftp://hooks.example.com/")]
    [InlineData("/hooks")]
    public void An_address_that_others_could_listen_to_is_refused(string url) =>
        Refusal(("Notices:Url", url)).ShouldBe("Notices:Url must be an https address without a user, for example https://hooks.example.com/pool-portal. Plain http is taken for a loopback host only.");

    [Fact]
    public void Two_addresses_are_one_too_many() =>
        Refusal(("Notices:Url", "https://hooks.example.com/"), ("Notices:UrlPath", "pool-portal/slack")).ShouldStartWith("Notices:Url and Notices:UrlPath");

    [Theory]
    [InlineData("SecretPath", " ", "Notices:SecretPath must name a secret of the vault, for example pool-portal/notices.")]
    [InlineData("RetryAfter", "00:00:00.9", "Notices:RetryAfter must be from 0:00:01 to 1:00:00.")]
    [InlineData("RetryAtMost", "00:00:09", "Notices:RetryAtMost must be from Notices:RetryAfter to 1.00:00:00.")]
    [InlineData("RetryAtMost", "1.00:00:01", "Notices:RetryAtMost must be from Notices:RetryAfter to 1.00:00:00.")]
    [InlineData("RetryFor", "00:00:59", "Notices:RetryFor must be from 0:01:00 to 7.00:00:00.")]
    [InlineData("RetryFor", "7.00:00:01", "Notices:RetryFor must be from 0:01:00 to 7.00:00:00.")]
    public void A_setting_outside_of_its_bounds_is_named(string key, string value, string message) => Refusal(($"Notices:{key}", value)).ShouldBe(message);

    private static NoticesOptions Read(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Read<NoticesOptions>(services => services.AddStrictOptions<NoticesOptions, NoticesOptionsValidator>(NoticesOptions.Section), settings);

    private static string Refusal(params (string Key, string Value)[] settings) =>
        OptionsUnderTest.Refusal<NoticesOptions>(services => services.AddStrictOptions<NoticesOptions, NoticesOptionsValidator>(NoticesOptions.Section), settings);
}
