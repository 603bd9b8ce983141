using System.Security.Cryptography;

namespace Portal.Shell;

/// <summary>Lets the one inline script of a page run, the import map: 128 random bits, new with every request.</summary>
internal sealed class ScriptNonce
{
    public string Value { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    public static ScriptNonce Of(HttpContext context)
    {
        if (context.Features.Get<ScriptNonce>() is not { } nonce)
        {
            context.Features.Set(nonce = new ScriptNonce());
        }

        return nonce;
    }
}
