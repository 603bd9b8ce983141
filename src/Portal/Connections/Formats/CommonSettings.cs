using System.Globalization;

namespace Portal.Connections.Formats;

/// <summary>Reasons that several formats share.</summary>
internal static class CommonSettings
{
    public static FormatSetting Port(ConnectionDetails details, string text) => new(
        text,
        $"Port {details.Endpoint.Port.ToString(CultureInfo.InvariantCulture)} is the pool's. A direct connection has another port, and goes around the pool.");

    public static FormatSetting PoolAsDatabase(ConnectionDetails details, string text) => new(
        text,
        $"The name of the pool stands where that of the database usually does. It leads to the database {details.Database}.");

    /// <param name="text">The setting that asks for encryption.</param>
    /// <param name="file">The setting that names the CA file.</param>
    public static IEnumerable<FormatSetting> Tls(ConnectionDetails details, string text, string file) => details.Verify
        ?
        [
            new(text, "Encrypts, and refuses a server whose certificate was not signed by this cluster's CA or is for another host."),
            new(file, $"Where the CA file is: put {ConnectionDetails.CaFile} into the folder that the program is started in, or write its full path."),
        ]
        : [new(text, "Encrypts, but does not check who answers. Tick \"Verify the server\" to check that, too.")];
}
