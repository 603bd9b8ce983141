using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Commands;

/// <summary>Whether the vault lets the portal in and has what it needs. What it gives is looked at and not kept. The client secret is tried with the sign-in, the secret of notices with those.</summary>
internal sealed class VaultCheck(ApiTokens tokens, KeyEncryptionKeys keys, ISigningKeySource signing, IOptions<VaultOptions> options)
{
    public async IAsyncEnumerable<Found> TryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await TokenAsync("vault, API token", TokenPurpose.Manage, cancellationToken);
        yield return tokens.AreTwo
            ? await TokenAsync("vault, API token for passwords", TokenPurpose.ViewCredentials, cancellationToken)
            : Found.Note("vault, API token for passwords", "none of its own: one token does everything. docs/vault.md says how to have two");

        await keys.LookAsync(cancellationToken);
        yield return keys switch
        {
            { IsConfigured: false } => Found.Note("vault, key of sessions", "none is set (Vault:KeysPath): who reads the database can forge a session"),
            { Trouble: { } trouble } => Found.Wrong("vault, key of sessions", trouble),
            _ => Found.Good("vault, key of sessions", $"32 bytes at {options.Value.KeysPath}"),
        };

        yield return (await signing.GetAsync(cancellationToken)).Match(
            key => Found.Good("vault, key of the record", $"signs as {key.Public.ShortId}"),
            none => none.IsConfigured ? Found.Wrong("vault, key of the record", none.Message) : Found.Note("vault, key of the record", none.Message));
    }

    private async Task<Found> TokenAsync(string what, TokenPurpose purpose, CancellationToken cancellationToken) =>
        (await tokens.GetAsync(purpose, cancellationToken)).Match(
            token => Found.Good(what, $"version {token.Version}"),
            failure => Found.Wrong(what, failure.Message));
}
