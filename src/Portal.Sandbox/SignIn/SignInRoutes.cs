namespace Portal.Sandbox.SignIn;

/// <summary>The OpenID provider under <c>/oidc</c>.</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/oidc/.well-known/openid-configuration", Describe).WithName("oidc_discovery");
        routes.MapGet("/oidc/jwks", (SigningKeys keys) => Results.Json(keys.Published())).WithName("oidc_jwks");
        routes.MapGet("/oidc/authorize", Ask).WithName("oidc_authorize");
        routes.MapPost("/oidc/authorize", AnswerAsync).WithName("oidc_sign_in");
        routes.MapPost("/oidc/token", TokenEndpoint.HandleAsync).WithName("oidc_token");
        routes.MapMethods("/oidc/end_session", ["GET", "POST"], EndAsync).WithName("oidc_end_session");
        routes.MapGet("/oidc/signed_out_everywhere", SignOutEverywhere).WithName("oidc_signed_out_everywhere");
        routes.MapGet("/oidc/sign-in.css", () => Results.Stream(
            typeof(SignInRoutes).Assembly.GetManifestResourceStream("sign-in.css")!, "text/css; charset=utf-8")).WithName("oidc_style");
    }

    private static IResult Describe(IssuerAddress issuer) => Results.Text(Discovery.Json(issuer.Value), "application/json");

    private static IResult Ask(HttpContext context, SignInClient client, IssuerAddress issuer)
    {
        var (request, error) = AuthorizationRequest.Read(context.Request.Query, client);
        return request is null ? Refuse(context, error!, client, issuer) : SignInPages.SignIn(context, request, client);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, SignInClient client, IssuerAddress issuer, AuthorizationCodes codes, TimeProvider clock)
    {
        var (request, error) = AuthorizationRequest.Read(context.Request.Query, client);
        if (request is null)
        {
            return Refuse(context, error!, client, issuer);
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        if (SandboxAccount.Find(form["account"]) is not { } account)
        {
            return SignInPages.Error(context, "There is no such account.", client);
        }

        var code = codes.Issue(new Grant(
            account, SignInClient.Id, request.RedirectUri, request.CodeChallenge, request.Nonce, request.Scope, clock.GetUtcNow()));
        context.Response.Headers.CacheControl = "no-store";
        return SeeOther(context, AuthorizationRequest.Answer(request.RedirectUri, issuer.Value, request.State, ("code", code)));
    }

    private static IResult Refuse(HttpContext context, AuthorizationError error, SignInClient client, IssuerAddress issuer) => error.RedirectUri is { } address
        ? SeeOther(context, AuthorizationRequest.Answer(
            address, issuer.Value, error.State, ("error", error.Error), ("error_description", error.Description)))
        : SignInPages.Error(context, error.Description, client);

    /// <summary>RP-initiated logout: back to the portal if it is the portal that asks, else a page.</summary>
    private static async Task<IResult> EndAsync(HttpContext context, SignInClient client, IdTokens tokens)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        string? Of(string name) => (HttpMethods.IsPost(context.Request.Method) ? form[name] : context.Request.Query[name]).ToString() is { Length: > 0 } text ? text : null;

        var hint = Of("id_token_hint");
        if (hint is not null && !await tokens.IsOursAsync(hint))
        {
            return SignInPages.Error(context, "The id token is not one of this provider's for this client.", client);
        }

        if (Of("client_id") is not (null or SignInClient.Id))
        {
            return SignInPages.Error(context, "This client is not registered.", client);
        }

        if (Of("post_logout_redirect_uri") is not { } address)
        {
            return SignInPages.SignedOut(context, client);
        }

        if (hint is null && Of("client_id") is null)
        {
            return SignInPages.Error(context, "Without an id token or a client, nobody can be sent back.", client);
        }

        if (!client.SignedOutUris.Contains(address, StringComparer.Ordinal))
        {
            return SignInPages.Error(context, "This redirect address is not registered.", client);
        }

        return SeeOther(context, Of("state") is { } state
            ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(address, "state", state)
            : address);
    }

    private static IResult SignOutEverywhere(HttpContext context, string? account, bool? entra, SignInClient client, ProviderLogout logout) =>
        SandboxAccount.Find(account) is { } found
            ? logout.Page(context, found, entra ?? false)
            : SignInPages.Error(context, "There is no such account.", client);

    /// <summary>A GET, whatever was posted here.</summary>
    private static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
