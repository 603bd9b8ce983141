using System.Security.Cryptography;
using Portal.DigitalOcean;

namespace Portal.Audit;

/// <summary>The public half of a key that signs the record: ECDSA over P-256 with SHA-256.</summary>
internal sealed class RecordKey : IDisposable
{
    // An ECDsa is not made for several threads at once.
    private readonly Lock _lock = new();
    private readonly ECDsa _key;

    private RecordKey(ECDsa key)
    {
        _key = key;
        Pem = key.ExportSubjectPublicKeyInfoPem();
        Id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>SHA-256 over the SubjectPublicKeyInfo, in hexadecimal.</summary>
    public string Id { get; }

    /// <summary>What people compare: the first 16 digits of <see cref="Id"/>.</summary>
    public string ShortId => Id[..16];

    /// <summary>The SubjectPublicKeyInfo as PEM.</summary>
    public string Pem { get; }

    /// <summary>Null when the text is no such key.</summary>
    public static RecordKey? TryRead(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256)
            {
                return new RecordKey(key);
            }
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // What else it may be is of no use here.
        }

        key.Dispose();
        return null;
    }

    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        lock (_lock)
        {
            return _key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose() => _key.Dispose();
}

/// <summary>The private half.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ECDsa _key;

    private SigningKey(ECDsa key, RecordKey publicHalf)
    {
        _key = key;
        Public = publicHalf;
    }

    public RecordKey Public { get; }

    /// <summary>Null when the text is no private key on P-256.</summary>
    /// <param name="pem">PKCS#8.</param>
    public static SigningKey? TryRead(ReadOnlySpan<char> pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            // Tried at once: a public key is read without complaint, and signs nothing.
            _ = key.SignData([], HashAlgorithmName.SHA256);
            if (RecordKey.TryRead(key.ExportSubjectPublicKeyInfoPem()) is { } publicHalf)
            {
                return new SigningKey(key, publicHalf);
            }
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // Its message could quote what was read.
        }

        key.Dispose();
        return null;
    }

    /// <summary>r and s, 32 bytes each.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    public void Dispose()
    {
        Public.Dispose();
        _key.Dispose();
    }
}

/// <summary>Why there is no key, in words that say what to do.</summary>
/// <param name="IsConfigured">Whether there should be one.</param>
internal sealed record NoSigningKey(string Message, bool IsConfigured);

/// <summary>Where the key comes from. The vault stands above this room.</summary>
internal interface ISigningKeySource
{
    /// <summary>The key to sign with now. The source keeps it; who gets it does not dispose it.</summary>
    ValueTask<Result<SigningKey, NoSigningKey>> GetAsync(CancellationToken cancellationToken);
}
