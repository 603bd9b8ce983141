using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.DigitalOcean;

namespace Portal.Access;

/// <summary>Whose sessions the provider ended.</summary>
/// <param name="ProviderSession">One session of the provider's (<c>sid</c>), or null for all of the person.</param>
/// <param name="PersonId">See <see cref="Person.Id"/>; null when the token names none, or the portal knows people by something else.</param>
internal sealed record Logout(string? ProviderSession, string? PersonId, DateTimeOffset IssuedAt);

/// <summary>Reads a logout token by all the rules, or not at all.</summary>
/// <remarks>Specification: <see href="https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation"/>, section 2.6.</remarks>
internal sealed class LogoutTokenReader(SignedTokens tokens, IOptions<SignInOptions> options)
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LongestName = 255;

    public async Task<Result<Logout, IdTokenFault>> ReadAsync(string logoutToken, OpenIdConnectConfiguration provider)
    {
        if (!(await tokens.ReadAsync(logoutToken, provider, IsLogout)).TryGet(out var token, out var fault))
        {
            return fault;
        }

        return WhyNot(token) is { } why
            ? new IdTokenFault(SignInFailure.TokenRefused, why)
            : new Logout(Text(token, "sid"), PersonIn(token), new DateTimeOffset(token.IssuedAt, TimeSpan.Zero));
    }

    // Named so that it cannot be taken for an id token; older providers leave the name out, and an id token has a nonce and no event.
    private static bool IsLogout(string? type) =>
        string.IsNullOrEmpty(type) || type.Equals("logout+jwt", StringComparison.OrdinalIgnoreCase) || type.Equals("JWT", StringComparison.OrdinalIgnoreCase);

    private string? WhyNot(JsonWebToken token)
    {
        if (token.TryGetPayloadValue<object>("nonce", out _))
        {
            return "The logout token has a nonce: it is an id token.";
        }

        if (token.Audiences.Count() != 1)
        {
            return "The logout token is for several parties.";
        }

        if (!token.TryGetPayloadValue<JsonElement>("events", out var events)
            || events.ValueKind is not JsonValueKind.Object
            || !events.TryGetProperty(Event, out var logout)
            || logout.ValueKind is not JsonValueKind.Object)
        {
            return "The logout token does not have the event of a logout.";
        }

        if (Text(token, "jti") is not { Length: > 0 and <= LongestName })
        {
            return "The logout token has no id of its own (jti).";
        }

        if (Text(token, "sid") is { Length: 0 or > LongestName } || Text(token, "sub") is { Length: 0 or > LongestName })
        {
            return "The logout token has an empty or endless sid or sub.";
        }

        if (options.Value.Tenant is { } tenant && Text(token, "tid") is { } named && named != tenant)
        {
            return "The logout token is of another tenant.";
        }

        return Text(token, "sid") is null && PersonIn(token) is null
            ? "The logout token names neither a session (sid) nor a person as the portal knows them (sub)."
            : null;
    }

    // People of an Entra tenant are known by their object id, which is not in sub.
    private string? PersonIn(JsonWebToken token) =>
        options.Value.Tenant is null && Text(token, "sub") is { } subject ? IdTokenClaims.IdOf(token.Issuer, subject) : null;

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) ? text : null;
}
