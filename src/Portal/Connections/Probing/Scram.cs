using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.DigitalOcean;

namespace Portal.Connections.Probing;

/// <summary>The client's side of SCRAM-SHA-256, without channel binding.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc5802"/>
/// <seealso href="https://www.postgresql.org/docs/17/sasl-authentication.html#SASL-SCRAM-SHA-256"/>
internal sealed class Scram(Secret password, string nonce)
{
    public const string Mechanism = "SCRAM-SHA-256";

    // PostgreSQL's own is 4,096. A server that asks for very many only wants to keep this machine busy.
    private const int MostIterations = 100_000;

    private byte[] _expected = [];

    public Scram(Secret password)
        : this(password, Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)))
    {
    }

    // PostgreSQL takes the user from the startup message and ignores this one.
    private string FirstBare => $"n=,r={nonce}";

    public string First => $"n,,{FirstBare}";

    /// <summary>The answer to the server's first message, or null when that is not as it has to be.</summary>
    public string? Answer(string challenge)
    {
        var parts = challenge.Split(',');
        if (parts is not [['r', '=', .. var both], ['s', '=', .. var saltText], ['i', '=', .. var count], ..]
            || !both.StartsWith(nonce, StringComparison.Ordinal)
            || both.Length == nonce.Length
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MostIterations)
        {
            return null;
        }

        var salt = new byte[saltText.Length];
        if (!Convert.TryFromBase64String(saltText, salt, out var saltLength))
        {
            return null;
        }

        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password.Reveal().Normalize(NormalizationForm.FormKC)), salt.AsSpan(0, saltLength), iterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var final = $"c=biws,r={both}";
        var signed = Encoding.UTF8.GetBytes($"{FirstBare},{challenge},{final}");
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), signed);
        var proof = clientKey.Zip(signature, (key, bit) => (byte)(key ^ bit)).ToArray();
        _expected = HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), signed);
        return $"{final},p={Convert.ToBase64String(proof)}";
    }

    /// <summary>Whether the server, too, knows the password.</summary>
    public bool Proves(string final) =>
        _expected.Length > 0
        && final.Split(',')[0] is ['v', '=', .. var proof]
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(proof), Encoding.ASCII.GetBytes(Convert.ToBase64String(_expected)));
}
