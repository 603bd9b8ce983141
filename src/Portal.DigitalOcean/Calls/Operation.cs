namespace Portal.DigitalOcean.Calls;

/// <summary>What of a call is the same each time.</summary>
/// <param name="Id">The <c>operationId</c> of the specification.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Purpose">Which token it takes.</param>
internal sealed record Operation(string Id, HttpMethod Method, TokenPurpose Purpose = TokenPurpose.Manage)
{
    /// <summary>The scope without which DigitalOcean answers 403, as the specification names it.</summary>
    public string Scope => (Id, Method.Method) switch
    {
        ("account_get", _) => "account:read",
        (_, "GET") when Purpose is TokenPurpose.ViewCredentials => "database:view_credentials",
        (_, "GET") => "database:read",
        ("databases_add_connectionPool", _) => "database:create",
        (_, "DELETE") => "database:delete",
        _ => "database:update",
    };

    /// <summary>Whether sending it twice, or not knowing, matters.</summary>
    public bool IsUnsafe => Method != HttpMethod.Get;
}
