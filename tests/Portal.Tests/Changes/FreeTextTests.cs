using Portal.Changes;

namespace Portal.Tests.Changes;

public sealed class FreeTextTests
{
    [Theory]
    [InlineData("see postgresql://app:hunter2@db.example.com:25061/checkout")]
    [InlineData("https://me:pw@example.com")]
    [InlineData("redis://:pw@cache")]
    [InlineData("it is AVNS_abcdefgh123")]
    [InlineData("avns_abcdefgh123")]
    [InlineData("use dop_v1_0123456789abcdef")]
    [InlineData("doo_v1_abcdef")]
    [InlineData("password=hunter2")]
    [InlineData("Password: hunter2")]
    [InlineData("PGPASSWORD='x'")]
    [InlineData("\"password\": \"x\"")]
    [InlineData("pwd = x")]
    [InlineData("api_key=x")]
    [InlineData("hvs.CAESIJ0123456789")]
    [InlineData("ghp_0123456789abcdefABCDEF")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    public void What_looks_like_a_secret_is_not_taken(string text) =>
        FreeText.WhyNot("Reason", text).ShouldBe("Reason must not contain a password, a token or a connection string: it is kept and shown to others. Take it out");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("black friday, 300 tx/s at 60 ms")]
    [InlineData("see https://tickets.example.com/PAY-17?x=1")]
    [InlineData("postgresql://db.example.com/checkout without a password")]
    [InlineData("The password was reset; tokens are rotated on Monday.")]
    [InlineData("ask me@example.com: password rotation")]
    [InlineData("ratio 5:3, secretly")]
    [InlineData("https://example.com/a:b@c")]
    public void What_people_write_is(string? text) => FreeText.WhyNot("Reason", text).ShouldBeNull();

    [Fact]
    public void A_long_text_that_nearly_matches_is_read_at_once() =>
        FreeText.WhyNot("Reason", string.Concat(Enumerable.Repeat("a://a:", 100_000))).ShouldBeNull();

    [Fact]
    public void A_request_with_one_in_its_reason_is_not_taken() =>
        new CreateRules(Some.Policy()).Check(Some.Request() with { Reason = "password=hunter2" }, Some.Cluster(), [Some.Payments])
            .Mistakes.ShouldHaveSingleItem().Field.ShouldBe(ChangeField.Reason);
}
