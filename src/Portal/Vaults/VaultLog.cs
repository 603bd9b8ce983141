namespace Portal.Vaults;

/// <summary>Ids 2100 to 2199.</summary>
internal static partial class VaultLog
{
    [LoggerMessage(2100, LogLevel.Information, "Read {What} from the vault, version {Version}.")]
    public static partial void SecretRead(this ILogger logger, string what, string version);

    [LoggerMessage(2101, LogLevel.Error, "There is no {What}: {Failure}")]
    public static partial void NoSecret(this ILogger logger, string what, string failure);

    [LoggerMessage(2102, LogLevel.Warning, "The vault did not answer ({Failure}); {What}, version {Version}, is used until {Until:O} at most.")]
    public static partial void SecretKept(this ILogger logger, string failure, string what, string version, DateTimeOffset until);

    [LoggerMessage(2103, LogLevel.Warning, "{What}, version {Version}, was refused by the one it is for; it is read from the vault again.")]
    public static partial void SecretRefused(this ILogger logger, string what, string version);
}
