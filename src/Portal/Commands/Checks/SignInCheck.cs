using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.Access;

namespace Portal.Commands;

/// <summary>Whether the provider can be read and takes the portal for the registered client. What only a person's sign-in shows is said to be so.</summary>
internal sealed class SignInCheck(ProviderMetadata provider, CodeExchange exchange, IOptions<SignInOptions> options, IOptions<AccessOptions> access)
{
    private const string What = "sign-in";
    private const string OfClient = "sign-in, client";

    /// <summary>No provider has given this code to anybody.</summary>
    private const string MadeUpCode = "config-check-has-no-code";

    public async IAsyncEnumerable<Found> TryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!(await provider.GetAsync(cancellationToken)).TryGet(out var metadata, out var failure))
        {
            yield return Found.Wrong(What, $"{failure.Message} Check SignIn:Authority ({options.Value.Authority}) and the way there.");
            yield break;
        }

        var usable = metadata.SigningKeys.Count(SignedTokens.IsUsable);
        yield return usable == 0
            ? Found.Wrong(What, "the provider offers no RSA key of 2,048 bits or more, and tokens that are signed otherwise are not taken. Let it sign with RS256")
            : Found.Good(What, $"{metadata.Issuer} with {(usable == 1 ? "one key" : $"{usable} keys")}");
        yield return await ClientAsync(metadata, cancellationToken);

        var address = access.Value.PublicAddress is { } known ? RedirectAddress(known) : "/signin-oidc at the portal's own address";
        yield return Found.Note(What, $"not tried, because it takes a person: the redirect address {address}, the claims {options.Value.RolesClaim} and {options.Value.GroupsClaim}, and the sign-out");
    }

    private static string RedirectAddress(Uri portal) => new Uri(portal, "signin-oidc").ToString();

    /// <summary>Shows the provider a code that it never gave. One that refuses the code, and not the client, knows the client.</summary>
    private async Task<Found> ClientAsync(OpenIdConnectConfiguration metadata, CancellationToken cancellationToken)
    {
        var properties = new AuthenticationProperties();
        properties.Items[OAuthConstants.CodeVerifierKey] = new string('a', 43);
        var redirect = RedirectAddress(access.Value.PublicAddress ?? new Uri("https://localhost/"));
        try
        {
            using var tokens = await exchange.RedeemAsync(metadata, new OAuthCodeExchangeContext(properties, MadeUpCode, redirect), cancellationToken);
            return Found.Wrong(OfClient, "the provider took a code that it never gave. Do not let people in by it");
        }
        catch (SignInRefusedException refused)
        {
            return refused.Failure switch
            {
                SignInFailure.CodeRefused => Found.Good(OfClient, $"the provider knows {options.Value.ClientId} and takes what it proves itself by"),
                SignInFailure.ClientRefused => Found.Wrong(OfClient, $"{refused.Message} Check SignIn:ClientId, and put the client's secret or key of today into the vault."),
                SignInFailure.NoClientSecret => Found.Wrong(OfClient, refused.Message),
                SignInFailure.ProviderUnreachable => Found.Wrong(OfClient, refused.Message),
                _ => Found.Note(OfClient, $"{refused.Message} That does not tell whether it takes the client; a sign-in will."),
            };
        }
    }
}
