using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Storage;
using Portal.Vaults;

namespace Portal.Commands;

/// <summary>Whether the vault lets the portal in and has what it needs. What it gives is looked at and not kept. The client secret is tried with the sign-in, the secret of notices with those.</summary>
internal sealed class VaultCheck(ApiTokens tokens, KeyEncryptionKeys keys, ISigningKeySource signing, Database database, IOptions<VaultOptions> options)
{
    private const string OfSessions = "vault, key of sessions";

    /// <param name="isDatabaseGood">Whether there are keys in it to be opened.</param>
    public async IAsyncEnumerable<Found> TryAsync(bool isDatabaseGood, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await TokenAsync("vault, API token", TokenPurpose.Manage, cancellationToken);
        yield return tokens.AreTwo
            ? await TokenAsync("vault, API token for passwords", TokenPurpose.ViewCredentials, cancellationToken)
            : Found.Note("vault, API token for passwords", "none of its own: one token does everything. docs/vault.md says how to have two");

        await keys.LookAsync(cancellationToken);
        yield return keys switch
        {
            { IsConfigured: false } => Found.Note(OfSessions, "none is set (Vault:KeysPath): who reads the database can forge a session"),
            { Trouble: { } trouble } => Found.Wrong(OfSessions, trouble),
            _ when isDatabaseGood => await OpenedAsync(cancellationToken),
            _ => Found.Good(OfSessions, $"32 bytes at {options.Value.KeysPath}"),
        };

        yield return (await signing.GetAsync(cancellationToken)).Match(
            key => Found.Good("vault, key of the record", $"signs as {key.Public.ShortId}"),
            none => none.IsConfigured ? Found.Wrong("vault, key of the record", none.Message) : Found.Note("vault, key of the record", none.Message));
    }

    /// <summary>Whether it is the key that sealed those in the database: after a restore it may be another.</summary>
    private async Task<Found> OpenedAsync(CancellationToken cancellationToken)
    {
        var texts = await database.ReadAsync(db => db.Set<DataProtectionKey>().Select(key => key.Xml).ToListAsync(cancellationToken), cancellationToken);
        var locked = texts.SelectMany(text => XElement.Parse(text).Descendants("encryptedKey")).ToList();
        var opened = locked.Count(IsOpened);
        return opened == locked.Count
            ? Found.Good(OfSessions, $"at {options.Value.KeysPath}, opens the {locked.Count} keys in the database that are sealed")
            : Found.Wrong(OfSessions, $"opens {opened} of the {locked.Count} keys in the database that are sealed. Put the key that sealed the others to {options.Value.KeysPath}-previous; without it everybody signs in anew");
    }

    private bool IsOpened(XElement locked)
    {
        try
        {
            CryptographicOperations.ZeroMemory(keys.Decrypt((string?)locked.Attribute("key") ?? "", Convert.FromBase64String(locked.Value)));
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private async Task<Found> TokenAsync(string what, TokenPurpose purpose, CancellationToken cancellationToken) =>
        (await tokens.GetAsync(purpose, cancellationToken)).Match(
            token => Found.Good(what, $"version {token.Version}"),
            failure => Found.Wrong(what, failure.Message));
}
