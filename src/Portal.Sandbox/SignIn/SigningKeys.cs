using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Sandbox.SignIn;

/// <summary>The key that id tokens are signed with. Rotated, the old one is no longer published and no longer signs.</summary>
internal sealed class SigningKeys : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<RsaSecurityKey> _keys = [];

    public RsaSecurityKey Current
    {
        get
        {
            lock (_lock)
            {
                // Made when it is first wanted: a quarter of a second that most tests have no use for.
                if (_keys.Count == 0)
                {
                    _keys.Add(Create());
                }

                return _keys[^1];
            }
        }
    }

    /// <summary>Every key there has been, to know an id token of ours again at sign-out.</summary>
    public IReadOnlyList<RsaSecurityKey> Ever
    {
        get
        {
            lock (_lock)
            {
                return [.. _keys];
            }
        }
    }

    /// <returns>The id of the new key.</returns>
    public string Rotate()
    {
        var key = Create();
        lock (_lock)
        {
            _keys.Add(key);
        }

        return key.KeyId;
    }

    public object Published()
    {
        var parameters = Current.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA",
                    use = "sig",
                    alg = SecurityAlgorithms.RsaSha256,
                    kid = Current.KeyId,
                    n = Base64UrlEncoder.Encode(parameters.Modulus),
                    e = Base64UrlEncoder.Encode(parameters.Exponent),
                },
            },
        };
    }

    public void Dispose()
    {
        foreach (var key in _keys)
        {
            key.Rsa.Dispose();
        }
    }

    private static RsaSecurityKey Create() => new(RSA.Create(2048)) { KeyId = RandomNumberGenerator.GetHexString(16, lowercase: true) };
}
