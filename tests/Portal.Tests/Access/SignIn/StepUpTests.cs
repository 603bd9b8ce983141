using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Tests.Access.SignIn;

public sealed class StepUpTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly StepUp _stepUp = new(Options.Create(new AccessOptions()), new ManualTimeProvider(Now));

    [Fact]
    public void A_proof_holds_for_15_minutes_and_not_a_second_longer()
    {
        _stepUp.IsFresh(Proved(Now)).ShouldBeTrue();
        _stepUp.IsFresh(Proved(Now.AddMinutes(-15).AddSeconds(1))).ShouldBeTrue();
        _stepUp.IsFresh(Proved(Now.AddMinutes(-15))).ShouldBeFalse();
    }

    [Fact]
    public void A_session_that_began_just_now_is_no_proof_when_the_provider_does_not_say_so() => _stepUp.IsFresh(Proved(null)).ShouldBeFalse();

    private static Session Proved(DateTimeOffset? at) => new()
    {
        KeyHash = [],
        PersonId = "issuer|dana",
        PersonName = "Dana",
        Roles = "[]",
        Groups = "[]",
        NonceHash = [],
        AuthenticatedAt = at,
        CreatedAt = Now,
        LastActivityAt = Now,
        ExpiresAt = Now.AddHours(8),
    };
}
