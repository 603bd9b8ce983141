using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Access;

/// <summary>Names a row of the session store. A circuit carries the key; every service that acts reads the person again by it.</summary>
internal readonly record struct SessionKey(string Value)
{
    /// <summary>The claim of a signed-in person that carries the key; in the server's memory only.</summary>
    public const string Claim = "portal:session";

    /// <summary>Opens nothing: the key of who is not signed in.</summary>
    public static readonly SessionKey None = new("");

    public static SessionKey Create() => new(WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The session that somebody came with, or null when nobody is signed in.</summary>
    public static SessionKey? Of(ClaimsPrincipal? person) =>
        person?.FindFirst(Claim) is { Value.Length: > 0 } claim ? new SessionKey(claim.Value) : null;

    /// <summary>What the row keeps of the key: a 256-bit random needs no salt.</summary>
    public byte[] Hash() => HashOf(Value);

    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The key opens a session, so it is not printed.</summary>
    public override string ToString() => "***";
}
