using System.Globalization;

namespace Portal.Connections.Formats;

/// <summary>Reasons that several formats share.</summary>
internal static class CommonSettings
{
    /// <param name="details">Whose port.</param>
    /// <param name="text">What stands before the number.</param>
    public static FormatSetting Port(ConnectionDetails details, string text = "") => new(
        text + Number(details.Endpoint.Port),
        details.IsDirect
            ? $"Port {Number(details.Endpoint.Port)} is PostgreSQL's own. The pool has another port."
            : $"Port {Number(details.Endpoint.Port)} is the pool's. A direct connection has another port, and goes around the pool.");

    public static FormatSetting Target(ConnectionDetails details, string text) => new(
        text,
        details.IsDirect
            ? $"The database itself. The pool {details.Pool} leads to the same one."
            : $"The name of the pool stands where that of the database usually does. It leads to the database {details.Database}.");

    /// <param name="details">Whether to verify.</param>
    /// <param name="text">The setting that asks for encryption.</param>
    /// <param name="file">The setting that names the CA file.</param>
    public static IEnumerable<FormatSetting> Tls(ConnectionDetails details, string text, string file) => details.Verify
        ?
        [
            new(text, "Encrypts, and refuses a server whose certificate was not signed by this cluster's CA or is for another host."),
            CaFile(file),
        ]
        : [new(text, "Encrypts, but does not check who answers. Tick \"Verify the server\" to check that, too.")];

    public static FormatSetting CaFile(string text) => new(
        text, $"Where the CA file is: put {ConnectionDetails.CaFile} into the folder that the program is started in, or write its full path.");

    /// <summary>How many connections one process opens.</summary>
    public static FormatSetting Connections(ConnectionDetails details, string text) => new(text, details switch
    {
        { IsDirect: true } => "Direct connections come out of the cluster's own budget, which all pools share. Migrations need one or two.",
        { KeepsSession: true } => "In session mode every open connection holds one of the pool's server connections; one more waits until it fails. Divide this by the instances of your app.",
        _ => "Connections of one process. In this mode they are cheap: the pool's server connections are shared between all of them.",
    });

    /// <summary>Why a driver is told not to prepare statements on the server.</summary>
    public static FormatSetting NotPrepared(ConnectionDetails details, string text) => new(
        text,
        details.Prepared is PreparedStatements.Off
            ? "This pool's PgBouncer does not keep track of prepared statements: the next transaction may be on a connection that has none. Without this: \"prepared statement already exists\"."
            : "Nobody knows yet whether this pool's PgBouncer keeps track of prepared statements; this is right either way. Once a test has found that it does, it goes.");

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
