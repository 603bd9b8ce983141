using System.Globalization;

namespace Portal.Connections.Formats;

/// <summary>A command for a POSIX shell. The password goes by the environment: an argument could be read by everybody on the machine.</summary>
internal sealed class PsqlFormat : IConnectionFormat
{
    public string Id => "psql";

    public string Name => "psql";

    public string Caption => "Terminal (bash, zsh)";

    public int Order => 20;

    public string Write(ConnectionDetails details) =>
        $"PGPASSWORD={details.Password.In(Escape.Shell)} psql {Escape.ShellWord(Connection(details))}";

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        new("PGPASSWORD=", "Stays in the shell's history. Leave it out, and psql asks for the password."),
        CommonSettings.Port(details, string.Create(CultureInfo.InvariantCulture, $"port={details.Endpoint.Port}")),
        CommonSettings.PoolAsDatabase(details, $"dbname={Escape.LibpqName(details.Pool)}"),
        .. CommonSettings.Tls(details, details.Verify ? "sslmode=verify-full" : "sslmode=require", $"sslrootcert={ConnectionDetails.CaFile}"),
    ];

    private static string Connection(ConnectionDetails details)
    {
        var tls = details.Verify ? $"sslmode=verify-full sslrootcert={ConnectionDetails.CaFile}" : "sslmode=require";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"host={Escape.LibpqName(details.Endpoint.Host)} port={details.Endpoint.Port} dbname={Escape.LibpqName(details.Pool)} user={Escape.LibpqName(details.User)} {tls}");
    }
}
