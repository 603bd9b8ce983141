using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class LogTextTests
{
    [Theory]
    [InlineData(null, "-")]
    [InlineData("", "-")]
    [InlineData("https://pools.example.com/signin-oidc?code=secret&state=x", "https://pools.example.com/signin-oidc")]
    [InlineData("https://pools.example.com/#token", "https://pools.example.com/")]
    [InlineData("first\r\nsecond: forged", "first  second: forged")]
    [InlineData("\u001b[31mred\u2028x", " [31mred x")]
    public void What_a_stranger_sent_fits_into_one_line_and_carries_no_query(string? text, string expected) => LogText.Of(text).ShouldBe(expected);

    [Fact]
    public void It_is_cut_after_200_characters() => LogText.Of(new string('x', 5_000)).Length.ShouldBe(200);
}
