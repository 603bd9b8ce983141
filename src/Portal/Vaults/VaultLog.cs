namespace Portal.Vaults;

/// <summary>Ids 2100 to 2199.</summary>
internal static partial class VaultLog
{
    [LoggerMessage(2100, LogLevel.Information, "Read {What} from the vault, version {Version}.")]
    public static partial void SecretRead(this ILogger logger, string what, string version);

    [LoggerMessage(2101, LogLevel.Error, "The vault did not give {What}: {Failure}")]
    public static partial void NoSecret(this ILogger logger, string what, string failure);

    [LoggerMessage(2102, LogLevel.Warning, "The vault did not answer ({Failure}); {What}, version {Version}, is used until {Until:O} at most.")]
    public static partial void SecretKept(this ILogger logger, string failure, string what, string version, DateTimeOffset until);

    [LoggerMessage(2103, LogLevel.Warning, "Refused by whom it is for: {What}, version {Version}; it is read from the vault again.")]
    public static partial void SecretRefused(this ILogger logger, string what, string version);

    [LoggerMessage(2104, LogLevel.Debug, "The vault's client token is good until {EndsAt:O}.")]
    public static partial void ClientTokenRenewed(this ILogger logger, DateTimeOffset endsAt);

    [LoggerMessage(2105, LogLevel.Warning, "The vault's client token, good until {EndsAt:O}, was not renewed ({Failure}); tried again at {Again:O}.")]
    public static partial void ClientTokenNotRenewed(this ILogger logger, string failure, DateTimeOffset endsAt, DateTimeOffset again);

    [LoggerMessage(2106, LogLevel.Information, "Data Protection's keys are encrypted with key {KeyId} from the vault.")]
    public static partial void KeyEncryptionKeyRead(this ILogger logger, string keyId);

    [LoggerMessage(2107, LogLevel.Error, "Nobody can sign in yet: the portal waits for the key that encrypts Data Protection's keys. {Trouble}")]
    public static partial void WaitingForKey(this ILogger logger, string trouble);

    [LoggerMessage(2108, LogLevel.Warning, "Data Protection's keys are kept unencrypted, because Vault:KeysPath is empty.")]
    public static partial void KeysNotEncrypted(this ILogger logger);
}
