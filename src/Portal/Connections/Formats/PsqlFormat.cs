namespace Portal.Connections.Formats;

/// <summary>A command for a POSIX shell. The password goes by the environment: an argument could be read by everybody on the machine.</summary>
internal sealed class PsqlFormat : IConnectionFormat
{
    public string Id => "psql";

    public string Name => "psql";

    public int Order => 20;

    public string Caption(ConnectionDetails details) => "Terminal (bash, zsh)";

    public string Write(ConnectionDetails details) =>
        $"PGPASSWORD={details.Password.In(Escape.Shell)} psql {Escape.ShellWord(Libpq.Write(details))}";

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        new("PGPASSWORD=", "Stays in the shell's history. Leave it out, and psql asks for the password."),
        .. Libpq.Settings(details),
    ];
}
