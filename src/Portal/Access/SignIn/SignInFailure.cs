using Portal.Audit;

namespace Portal.Access;

/// <summary>Every way in which a sign-in can end without a session.</summary>
internal enum SignInFailure
{
    ProviderUnreachable,
    Denied,
    Lost,
    WrongProvider,
    ProviderRefused,
    CodeRefused,
    ClientRefused,
    NoClientSecret,
    TokenRefused,
    TooManyGroups,
    Replayed,
    NoRole,
    NotRecorded,
    NotProvedAgain,
    NoProofTime,
    ClockOff,
}

/// <summary>The codes and words of the failures. An address carries the code, so that nobody can put words of their own on the page.</summary>
internal static class SignInFailures
{
    /// <summary>The code on <c>/signed-out</c> of a session that ended by itself or by an admin.</summary>
    public const string SessionEnded = "ended";

    private static readonly Dictionary<string, string> WordsByCode = new(StringComparer.Ordinal)
    {
        [Code(SignInFailure.ProviderUnreachable)] = "The company's sign-in cannot be reached. Try again in a minute.",
        [Code(SignInFailure.Denied)] = "The sign-in was cancelled, or the company's sign-in said no.",
        [Code(SignInFailure.Lost)] = "The sign-in took too long, or was begun in another window. Begin again.",
        [Code(SignInFailure.WrongProvider)] = "The answer came from somewhere else than the company's sign-in, so it was not used. Begin again, and tell an admin if it happens twice.",
        [Code(SignInFailure.ProviderRefused)] = "The company's sign-in reported an error. Try again, and tell an admin if it stays.",
        [Code(SignInFailure.CodeRefused)] = "The company's sign-in did not accept its own answer, as when a page of the sign-in is opened twice. Begin again.",
        [Code(SignInFailure.ClientRefused)] = "The company's sign-in does not accept the portal's own credentials. An admin has to renew them in the vault.",
        [Code(SignInFailure.NoClientSecret)] = "The portal cannot read its own credentials from the vault. An admin has to look at the vault.",
        [Code(SignInFailure.TokenRefused)] = "The company's sign-in sent something that the portal does not trust. Begin again, and tell an admin if it happens twice.",
        [Code(SignInFailure.TooManyGroups)] = "You are in more groups than the company's sign-in can name, so the portal cannot tell your teams. An admin has to let it send only the groups that the portal uses.",
        [Code(SignInFailure.Replayed)] = "This sign-in was used already. Begin again.",
        [Code(SignInFailure.NoRole)] = "You are known, but have no role in Pool Portal. Ask the people who manage access in your company for one of Pool.Developer, Pool.TeamLead, Pool.Admin or Pool.Auditor.",
        [Code(SignInFailure.NotRecorded)] = "The portal cannot write its record at the moment, and lets nobody in without. Try again in a minute.",
        [Code(SignInFailure.NotProvedAgain)] = "The company's sign-in did not ask you again who you are. You are signed in as before. Try again, and tell an admin if it stays: the provider has to heed prompt=login, and its clock has to be right.",
        [Code(SignInFailure.NoProofTime)] = "The company's sign-in does not say when it asked who you are. You are signed in as before. An admin has to let it put the claim auth_time into the id token.",
        [Code(SignInFailure.ClockOff)] = "The clocks of the company's sign-in and of the portal differ by more than a minute, so its answer was not used. An admin has to set them.",
        [SessionEnded] = Refusal.SessionEnded.Message,
    };

    /// <summary>What the page says for a code, or null when there is no such code.</summary>
    public static string? Words(string? code) => code is null ? null : WordsByCode.GetValueOrDefault(code);

    /// <summary>Whether the person is still signed in: it was the new proof that failed.</summary>
    public static bool IsOfProof(string? code) => code == Code(SignInFailure.NotProvedAgain) || code == Code(SignInFailure.NoProofTime);

    /// <summary>For example <c>no-role</c>.</summary>
    public static string Code(SignInFailure failure) =>
        string.Concat(failure.ToString().Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>The page on which a sign-in ends.</summary>
    /// <param name="returnAddress">Where the sign-in should have led, for the next one.</param>
    public static string Address(SignInFailure failure, string? returnAddress) => failure is SignInFailure.NoRole
        ? $"/not-allowed?reason={Code(failure)}"
        : SignedOut(Code(failure), returnAddress);

    /// <summary>The page that says why nobody is signed in, and from which one comes back to where one was.</summary>
    public static string SignedOut(string code, string? returnAddress) => ReturnAddress.OrHome(returnAddress) is not "/" and var address
        ? $"/signed-out?reason={code}&returnUrl={Uri.EscapeDataString(address)}"
        : $"/signed-out?reason={code}";
}

/// <summary>Ends a sign-in. An exception, because the framework's handler knows no other way out of its middle.</summary>
/// <param name="detail">For the log and the record; never a part of a token, a code or a key.</param>
internal sealed class SignInRefusedException(SignInFailure failure, string detail) : Exception(detail)
{
    public SignInFailure Failure { get; } = failure;

    /// <summary>Where the sign-in should have led, where that is known.</summary>
    public string? ReturnAddress { get; init; }

    /// <summary>Who it was, when that is proved.</summary>
    public AuditActor Actor { get; init; } = AuditActor.Portal;
}
