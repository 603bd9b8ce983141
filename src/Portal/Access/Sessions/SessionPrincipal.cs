using System.Security.Claims;

namespace Portal.Access;

/// <summary>The session row in the framework's words. Pages may decide by it what to draw; what is done is decided by the row.</summary>
internal static class SessionPrincipal
{
    public const string Scheme = "session";
    public const string PersonClaim = "portal:person";
    public const string NameClaim = "name";
    public const string RoleClaim = "role";

    public static ClaimsPrincipal Of(Person person, SessionKey? session)
    {
        List<Claim> claims =
        [
            new(PersonClaim, person.Id),
            new(NameClaim, person.Name),
            .. Enum.GetValues<Role>().Where(person.Has).Select(role => new Claim(RoleClaim, role.ToString())),
        ];
        if (session is { } key)
        {
            claims.Add(new Claim(SessionKey.Claim, key.Value));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, NameClaim, RoleClaim));
    }
}
