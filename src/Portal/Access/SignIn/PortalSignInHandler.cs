using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Access;

/// <summary>The framework's code flow (state, correlation, PKCE), made OpenID Connect: metadata, nonce, issuer of the answer, id token.</summary>
internal sealed class PortalSignInHandler(
    IOptionsMonitor<PortalSignInOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ProviderMetadata metadata,
    CodeExchange codes,
    IdTokenReader idTokens,
    Sessions sessions,
    SignInRefusals refusals) : OAuthHandler<PortalSignInOptions>(options, logger, encoder)
{
    public const string SchemeName = "company";

    /// <summary>Set on the properties of a challenge that should let the person choose another account.</summary>
    public const string OtherAccount = "other-account";

    /// <summary>Set on the properties of a challenge in which the person has to prove anew who they are.</summary>
    public const string Prove = "prove";

    private const string Nonce = "nonce";
    private const string AskedAt = "asked-at";

    private OpenIdConnectConfiguration? _provider;

    public override async Task<bool> HandleRequestAsync()
    {
        try
        {
            return await base.HandleRequestAsync();
        }
        catch (SignInRefusedException refused)
        {
            await refusals.AnswerAsync(Context, refused, returnAddress: null);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            // The session and its row of the record are one transaction: no row, no session.
            await refusals.AnswerAsync(Context, new SignInRefusedException(SignInFailure.NotRecorded, $"The session was not written: {exception.GetType().Name}."), returnAddress: null);
        }

        return true;
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!(await metadata.GetAsync(Context.RequestAborted)).TryGet(out _provider, out var failure))
        {
            await refusals.AnswerAsync(Context, new SignInRefusedException(SignInFailure.ProviderUnreachable, failure.Message), properties.RedirectUri);
            return;
        }

        properties.Items[Nonce] = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        properties.Items[AskedAt] = TimeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (properties.GetParameter<bool>(Prove))
        {
            // In the sealed state, so that the answer is held to it whatever becomes of the address on its way.
            properties.Items[Prove] = StepUp.Now;
        }

        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var asked = QueryHelpers.ParseQuery(new Uri(base.BuildChallengeUrl(properties, redirectUri)).Query);
        asked["response_mode"] = "query";
        asked["nonce"] = properties.Items[Nonce];
        if (properties.GetParameter<bool>(OtherAccount))
        {
            asked["prompt"] = "select_account";
        }

        if (properties.Items.ContainsKey(Prove))
        {
            // Both: with max_age a provider has to say auth_time, and some heed only the prompt (OpenID Connect Core 1.0, section 3.1.2.1).
            asked["prompt"] = "login";
            asked["max_age"] = "0";
        }

        return QueryHelpers.AddQueryString(_provider!.AuthorizationEndpoint, asked);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        if (Request.Query.Any(part => part.Value.Count != 1))
        {
            return Refuse(SignInFailure.Lost, "A part of the provider's answer is there more than once.");
        }

        if (!(await metadata.GetAsync(Context.RequestAborted)).TryGet(out _provider, out var failure))
        {
            return Refuse(SignInFailure.ProviderUnreachable, failure.Message);
        }

        // https://www.rfc-editor.org/rfc/rfc9207#section-2.4
        var issuer = (string?)Request.Query["iss"];
        var isRightIssuer = issuer is null ? !_provider.AuthorizationResponseIssParameterSupported : issuer == _provider.Issuer;
        return isRightIssuer ? await base.HandleRemoteAuthenticateAsync() : Refuse(SignInFailure.WrongProvider, "The answer does not name the provider as its issuer.");
    }

    protected override Task<HandleRequestResult> HandleAccessDeniedErrorAsync(AuthenticationProperties properties) =>
        Task.FromResult(HandleRequestResult.Fail(new SignInRefusedException(SignInFailure.Denied, "The provider said access_denied."), properties));

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context) =>
        OAuthTokenResponse.Success(await codes.RedeemAsync(_provider!, context, Context.RequestAborted));

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        var askedAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(properties.Items[AskedAt]!, CultureInfo.InvariantCulture));
        if (TimeProvider.GetUtcNow() > askedAt + Options.RemoteAuthenticationTimeout)
        {
            throw new SignInRefusedException(SignInFailure.Lost, "The sign-in took too long.");
        }

        var text = tokens.Response!.RootElement.TryGetProperty("id_token", out var element) ? element.GetString() : null;
        if (string.IsNullOrEmpty(text))
        {
            throw new SignInRefusedException(SignInFailure.TokenRefused, "The provider sent no id token.");
        }

        var nonce = properties.Items[Nonce]!;
        var token = await ReadAsync(text, tokens.AccessToken!, nonce);
        var person = new Person(token.PersonId, token.Name, token.Roles, token.Groups);
        if (person.Roles.Count == 0)
        {
            throw new SignInRefusedException(SignInFailure.NoRole, "None of the portal's roles.") { Actor = new AuditActor(person.Id, person.Name) };
        }

        if (properties.Items.ContainsKey(Prove))
        {
            RequireProof(token, askedAt, person, properties.RedirectUri);
        }

        if (await sessions.IsNonceUsedAsync(nonce, Context.RequestAborted))
        {
            throw new SignInRefusedException(SignInFailure.Replayed, "The nonce was used already.");
        }

        // Access and refresh token end here: the portal calls nothing at the provider.
        properties.SetParameter(SignedIn.Parameter, new SignedIn
        {
            Person = person,
            IdToken = text,
            ProviderSession = token.SessionId,
            AuthenticatedAt = token.AuthenticatedAt,
            Nonce = nonce,
            From = WhoIsThere.AddressOf(Context),
        });
        return new AuthenticationTicket(SessionPrincipal.Of(person, session: null), properties, Scheme.Name);
    }

    /// <summary>A provider may answer without having asked anybody; then the old session stays as it is.</summary>
    private static void RequireProof(IdToken token, DateTimeOffset askedAt, Person person, string? returnAddress)
    {
        var (failure, detail) = token.AuthenticatedAt switch
        {
            null => (SignInFailure.NoProofTime, "The id token has no auth_time: let the provider put it there, see docs/sign-in.md."),
            { } at when at < askedAt - SignedTokens.Skew => (
                SignInFailure.NotProvedAgain,
                string.Create(CultureInfo.InvariantCulture, $"The provider asked who it is {(askedAt - at).TotalSeconds:0} seconds before it was told to, or its clock is behind.")),
            _ => (default(SignInFailure?), ""),
        };
        if (failure is { } why)
        {
            throw new SignInRefusedException(why, detail) { Actor = new AuditActor(person.Id, person.Name), ReturnAddress = returnAddress };
        }
    }

    private async Task<IdToken> ReadAsync(string idToken, string accessToken, string nonce)
    {
        var read = await metadata.ReadTokenAsync(_provider!, provider => idTokens.ReadAsync(idToken, accessToken, nonce, provider), Context.RequestAborted);
        return read.TryGet(out var token, out var fault) ? token : throw new SignInRefusedException(fault.Failure, fault.Detail);
    }

    private static HandleRequestResult Refuse(SignInFailure failure, string detail) => HandleRequestResult.Fail(new SignInRefusedException(failure, detail));
}
