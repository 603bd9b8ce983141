using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.DigitalOcean;

namespace Portal.Changes.Notices;

/// <summary>
/// Proves to the receiver that a notice is the portal's and not an old one: <c>t=UNIX,v1=HEX</c>, where HEX is HMAC-SHA256 with the shared secret
/// over <c>t + "." + body</c>.
/// </summary>
internal static class NoticeSignature
{
    public const string Header = "X-Pool-Portal-Signature";

    public static string Of(string body, Secret secret, DateTimeOffset now)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(proof)}";
    }
}
