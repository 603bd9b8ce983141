using Portal.Access;

namespace Portal.Tests.Access.SignIn;

public sealed class SignInFailureTests
{
    [Theory]
    [MemberData(nameof(All))]
    public void Every_failure_has_words_and_a_page(string failure)
    {
        var code = SignInFailures.Code(Enum.Parse<SignInFailure>(failure));

        SignInFailures.Words(code).ShouldNotBeNullOrWhiteSpace();
        SignInFailures.Address(Enum.Parse<SignInFailure>(failure), "/").ShouldBe(failure == "NoRole" ? "/not-allowed?reason=no-role" : $"/signed-out?reason={code}");
    }

    [Theory]
    [InlineData("/pools/new?cluster=1", "/signed-out?reason=lost&returnUrl=%2Fpools%2Fnew%3Fcluster%3D1")]
    [InlineData("//evil.example", "/signed-out?reason=lost")]
    [InlineData(null, "/signed-out?reason=lost")]
    public void The_page_knows_where_the_sign_in_should_have_led(string? returnAddress, string page) =>
        SignInFailures.Address(SignInFailure.Lost, returnAddress).ShouldBe(page);

    [Fact]
    public void A_code_reads_like_its_failure() => SignInFailures.Code(SignInFailure.ProviderUnreachable).ShouldBe("provider-unreachable");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("You have won; call 555-0100")]
    public void An_unknown_code_has_no_words(string? code) => SignInFailures.Words(code).ShouldBeNull();

    [Fact]
    public void A_session_that_ended_by_itself_has_words() => SignInFailures.Words("ended").ShouldBe("Your session has ended. Sign in again; what you typed is kept.");

    public static TheoryData<string> All() => [.. Enum.GetNames<SignInFailure>()];
}
