namespace Portal.Sandbox.Vault;

/// <summary>Sealed or open, and who comes in.</summary>
internal sealed class VaultDoor(VaultTokens tokens)
{
    private volatile bool _isSealed;

    public bool IsSealed
    {
        get => _isSealed;
        set => _isSealed = value;
    }

    /// <summary>Null when the caller may go on, else what to answer.</summary>
    public IResult? Enter(HttpContext context, out VaultToken? token)
    {
        token = null;
        if (IsSealed)
        {
            return Sealed();
        }

        var value = context.Request.Headers["X-Vault-Token"].ToString();
        if (value.Length == 0 && context.Request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            value = header["Bearer ".Length..];
        }

        token = tokens.Find(value);
        return token is null ? Denied() : null;
    }

    public static IResult Sealed() => Error(StatusCodes.Status503ServiceUnavailable, "Vault is sealed");

    public static IResult Denied() => Error(StatusCodes.Status403Forbidden, "permission denied");

    public static IResult NotFound() => Error(StatusCodes.Status404NotFound);

    public static IResult Error(int status, params string[] errors) => Results.Json(new { errors }, statusCode: status);
}
