using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Sandbox.SignIn;

/// <summary>A code for an id token (RFC 6749 section 4.1.3, RFC 7636 section 4.6, OpenID Connect Core 3.1.3).</summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext context, SignInClient client, ClientKey key, AuthorizationCodes codes, IdTokens tokens)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        if (!context.Request.HasFormContentType)
        {
            return Error("invalid_request", "The body must be a form.");
        }

        var form = await context.Request.ReadFormAsync();
        if (form.FirstOrDefault(pair => pair.Value.Count > 1).Key is { } twice)
        {
            return Error("invalid_request", $"{twice} is there more than once.");
        }

        if (await AuthenticateAsync(context, form, client, key) is { } refused)
        {
            return refused;
        }

        if (form["grant_type"].ToString() is not "authorization_code")
        {
            return Error(form["grant_type"].Count == 0 ? "invalid_request" : "unsupported_grant_type", "grant_type must be authorization_code.");
        }

        if (form["code"].Count == 0 || form["redirect_uri"].Count == 0 || form["code_verifier"].Count == 0)
        {
            return Error("invalid_request", "code, redirect_uri and code_verifier are required.");
        }

        var grant = codes.Redeem(form["code"]!);
        if (grant is null || grant.ClientId != SignInClient.Id)
        {
            return Error("invalid_grant", "The code is unknown, used or too old.");
        }

        if (grant.RedirectUri != form["redirect_uri"])
        {
            return Error("invalid_grant", "The code was given to another redirect address.");
        }

        if (!Proves(form["code_verifier"]!, grant.CodeChallenge))
        {
            return Error("invalid_grant", "The code verifier does not fit the challenge.");
        }

        var accessToken = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        return Results.Json(new
        {
            access_token = accessToken,
            token_type = "Bearer",
            expires_in = (int)IdTokens.Life.TotalSeconds,
            scope = grant.Scope,
            id_token = tokens.Write(grant, accessToken),
        });
    }

    /// <summary>One way of the three, not several at once.</summary>
    private static async Task<IResult?> AuthenticateAsync(HttpContext context, IFormCollection form, SignInClient client, ClientKey key)
    {
        var header = context.Request.Headers.Authorization;
        var isPosted = form.ContainsKey("client_secret");
        if (form.ContainsKey("client_assertion"))
        {
            if (isPosted || header.Count > 0)
            {
                return Error("invalid_request", "The client authenticates in more than one way.");
            }

            var isClient = form["client_assertion_type"] == ClientKey.AssertionType
                && form["client_id"].ToString() is "" or SignInClient.Id
                && await key.IsClientAsync(form["client_assertion"].ToString());
            return isClient ? null : NotTheClient(context, isBasic: false);
        }

        if (header.Count == 0)
        {
            return isPosted && client.Is(form["client_id"].ToString(), form["client_secret"].ToString()) ? null : NotTheClient(context, isBasic: false);
        }

        if (isPosted)
        {
            return Error("invalid_request", "The client authenticates in more than one way.");
        }

        if (header.Count != 1 || Basic(header[0]!) is not { } pair || !client.Is(pair.Id, pair.Secret))
        {
            return NotTheClient(context, isBasic: true);
        }

        return form["client_id"].Count == 0 || form["client_id"] == SignInClient.Id ? null : Error("invalid_request", "client_id is another client's.");
    }

    private static (string Id, string Secret)? Basic(string header)
    {
        const string Scheme = "Basic ";
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..], bytes, out var length))
        {
            return null;
        }

        // Both are form-encoded before they are joined (RFC 6749 section 2.3.1).
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts.Length == 2 ? (WebUtility.UrlDecode(parts[0]), WebUtility.UrlDecode(parts[1])) : null;
    }

    private static bool Proves(string verifier, string challenge) =>
        verifier.Length is >= 43 and <= 128
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(challenge));

    private static IResult NotTheClient(HttpContext context, bool isBasic)
    {
        if (isBasic)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"sandbox\"";
        }

        return Results.Json(new { error = "invalid_client", error_description = "The client could not be authenticated." }, statusCode: StatusCodes.Status401Unauthorized);
    }

    private static IResult Error(string error, string description) =>
        Results.Json(new { error, error_description = description }, statusCode: StatusCodes.Status400BadRequest);
}
