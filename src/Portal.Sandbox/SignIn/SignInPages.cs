using System.Net;
using System.Text;

namespace Portal.Sandbox.SignIn;

/// <summary>The provider's own pages: no script, one style sheet, and forms that may only go where the portal is.</summary>
internal static class SignInPages
{
    public static IResult SignIn(HttpContext context, AuthorizationRequest request, SignInClient client)
    {
        var body = new StringBuilder($"""
            <h1>Sign in to the sandbox</h1>
            <p>Everybody here is made up. Choose who you are; nobody is asked for a password.</p>{(request.IsAskedAnew ? "\n<p>The portal wants to know anew who you are.</p>" : "")}
            <form method="post" action="authorize{WebUtility.HtmlEncode(context.Request.QueryString.Value)}">
            <ul>

            """);
        foreach (var account in SandboxAccount.All)
        {
            var focus = account.Name == request.LoginHint ? " autofocus" : "";
            body.Append($"""
                <li><button name="account" value="{account.Name}" aria-describedby="about-{account.Name}"{focus}>{account.Name}</button>
                <span id="about-{account.Name}">{account.Description}</span></li>

                """);
        }

        body.Append("</ul>\n</form>\n");
        return Page(context, StatusCodes.Status200OK, "Sign in to the sandbox", body.ToString(), client);
    }

    public static IResult Error(HttpContext context, string description, SignInClient client) => Page(
        context,
        StatusCodes.Status400BadRequest,
        "The sandbox refused this request",
        $"<h1>The sandbox refused this request</h1>\n<p>{WebUtility.HtmlEncode(description)}</p>\n<p>It is not sent back to the address it names, because that address is not known to be the portal's.</p>\n",
        client);

    public static IResult SignedOut(HttpContext context, SignInClient client) => Page(
        context,
        StatusCodes.Status200OK,
        "Signed out of the sandbox",
        "<h1>Signed out of the sandbox</h1>\n<p>You can close this page.</p>\n",
        client);

    public static IResult SignedOutEverywhere(HttpContext context, string body, SignInClient client) =>
        Page(context, StatusCodes.Status200OK, "Signed out everywhere", body, client);

    private static IResult Page(HttpContext context, int status, string title, string body, SignInClient client)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; frame-src {string.Join(' ', client.Origins)}; form-action 'self' {string.Join(' ', client.Origins)}";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        var page = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="sign-in.css">
            </head>
            <body>
            <main>
            {body}</main>
            </body>
            </html>

            """;
        return Results.Text(page, "text/html; charset=utf-8", Encoding.UTF8, status);
    }
}
