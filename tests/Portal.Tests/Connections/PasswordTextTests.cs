using Portal.Connections;
using Portal.Connections.Formats;
using Portal.DigitalOcean;

namespace Portal.Tests.Connections;

public sealed class PasswordTextTests
{
    public static TheoryData<string> EveryFormat => [.. ConnectionFormats.All.Select(format => format.Id)];

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void A_masked_text_is_the_text_for_other_people_with_holes_in_it(string format)
    {
        var masked = ConnectionFormats.Find(format)!.Write(SomeConnection.Details(PasswordText.Masked));
        var placeholder = ConnectionFormats.Find(format)!.Write(SomeConnection.Details(PasswordText.Placeholder));

        var parts = PasswordText.SplitAtMasks(masked);

        parts.Count.ShouldBe(format == "kubernetes" ? 3 : 2);
        string.Join("PASSWORD", parts).ShouldBe(placeholder);
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Around_the_password_the_real_text_is_the_masked_one(string format)
    {
        var parts = PasswordText.SplitAtMasks(ConnectionFormats.Find(format)!.Write(SomeConnection.Details(PasswordText.Masked)));

        var real = ConnectionFormats.Find(format)!.Write(SomeConnection.Details(PasswordText.Real(new Secret(SomeConnection.HostilePassword))));

        real.ShouldStartWith(parts[0]);
        real.ShouldEndWith(parts[^1]);
        parts.ShouldAllBe(part => real.Contains(part, StringComparison.Ordinal));
        parts.ShouldAllBe(part => !part.Contains("#rd", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pool_that_is_called_PASSWORD_stays_readable()
    {
        var details = SomeConnection.Details(PasswordText.Masked, user: "PASSWORD");

        PasswordText.SplitAtMasks(ConnectionFormats.Find("uri")!.Write(details))[0].ShouldBe("postgresql://PASSWORD:");
    }

    [Fact]
    public void Printing_one_shows_nothing() =>
        $"{PasswordText.Real(new Secret("hunter2"))} {SomeConnection.Details(PasswordText.Real(new Secret("hunter2")))}".ShouldNotContain("hunter2");
}
