namespace Portal.Connections.Formats;

/// <summary>What pgjdbc needs to be told, wherever its URL stands.</summary>
internal static class Jdbc
{
    private const string NeverPrepare = "prepareThreshold=0";

    public static IReadOnlyList<string> Parameters(ConnectionDetails details) => details.MayPrepare ? [] : [NeverPrepare];

    public static IEnumerable<FormatSetting> Settings(ConnectionDetails details) =>
    [
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}"),
        .. Address.TlsSettings(details),
        .. Parameters(details).Select(text => CommonSettings.NotPrepared(details, text)),
    ];
}
