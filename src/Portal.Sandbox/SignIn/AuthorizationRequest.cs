using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Sandbox.SignIn;

/// <summary>Why an authorization request is refused.</summary>
/// <param name="RedirectUri">Where to say so; null where that cannot be trusted, and a page says it instead.</param>
internal sealed record AuthorizationError(string Error, string Description, string? RedirectUri, string? State);

/// <summary>A question for a code that holds (RFC 6749 section 4.1.1, RFC 7636, OpenID Connect Core 3.1.2.1).</summary>
internal sealed record AuthorizationRequest(string RedirectUri, string? State, string Nonce, string CodeChallenge, string Scope, string? LoginHint, bool IsAskedAnew)
{
    private static readonly string[] Prompts = ["login", "consent", "select_account"];

    public static (AuthorizationRequest? Request, AuthorizationError? Error) Read(IQueryCollection query, SignInClient client)
    {
        if (query.FirstOrDefault(pair => pair.Value.Count > 1).Key is { } twice)
        {
            return (null, new AuthorizationError("invalid_request", $"{twice} is there more than once.", null, null));
        }

        string? Of(string name) => query.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;

        if (Of("client_id") is not SignInClient.Id)
        {
            return (null, new AuthorizationError("invalid_request", "This client is not registered.", null, null));
        }

        var redirectUri = Of("redirect_uri");
        if (redirectUri is null || !client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
        {
            return (null, new AuthorizationError("invalid_request", "This redirect address is not registered.", null, null));
        }

        var state = Of("state");
        (string Error, string Description)? wrong = true switch
        {
            _ when Of("request") is not null => ("request_not_supported", "Request objects are not taken."),
            _ when Of("request_uri") is not null => ("request_uri_not_supported", "Request objects are not taken."),
            _ when Of("response_type") is null => ("invalid_request", "response_type is missing."),
            _ when Of("response_type") is not "code" => ("unsupported_response_type", "response_type must be code."),
            _ when Of("response_mode") is not (null or "query") => ("invalid_request", "response_mode must be query."),
            _ when !(Of("scope") ?? "").Split(' ').Contains("openid", StringComparer.Ordinal) => ("invalid_scope", "scope must contain openid."),
            _ when Of("nonce") is null => ("invalid_request", "nonce is missing."),
            _ when Of("code_challenge_method") is not "S256" => ("invalid_request", "code_challenge_method must be S256."),
            _ when !IsSha256(Of("code_challenge")) => ("invalid_request", "code_challenge must be a SHA-256 in base64url."),
            // Nobody stays signed in here, so that nobody can be signed in without being asked.
            _ when Of("prompt") is "none" => ("login_required", "Nobody is signed in."),
            _ when Of("prompt") is { } prompt && !prompt.Split(' ').All(word => Prompts.Contains(word, StringComparer.Ordinal)) =>
                ("invalid_request", "prompt is not known."),
            _ when Of("max_age") is { } age && !uint.TryParse(age, out _) => ("invalid_request", "max_age must be a number of seconds."),
            _ => null,
        };
        return wrong is { } refusal
            ? (null, new AuthorizationError(refusal.Error, refusal.Description, redirectUri, state))
            : (new AuthorizationRequest(redirectUri, state, Of("nonce")!, Of("code_challenge")!, Of("scope")!, Of("login_hint"), AsksAnew(Of("prompt"), Of("max_age"))), null);
    }

    // Everybody is asked every time, so that prompt=login and max_age are kept by themselves; the page says that it was asked for.
    private static bool AsksAnew(string? prompt, string? maxAge) => prompt?.Split(' ').Contains("login", StringComparer.Ordinal) == true || maxAge is "0";

    /// <summary>The redirect address with the answer in its query; with the issuer, so that providers cannot be mixed up (RFC 9207).</summary>
    public static string Answer(string redirectUri, string issuer, string? state, params (string Name, string Value)[] values)
    {
        var query = values.ToDictionary(value => value.Name, value => (string?)value.Value, StringComparer.Ordinal);
        query["iss"] = issuer;
        if (state is not null)
        {
            query["state"] = state;
        }

        return QueryHelpers.AddQueryString(redirectUri, query);
    }

    private static bool IsSha256(string? challenge) =>
        challenge is { Length: 43 } && challenge.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');
}
