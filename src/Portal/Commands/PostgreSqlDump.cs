using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Portal.Commands;

/// <summary>pg_dump, with what the portal's own connection string says. The password goes by the environment: a command line can be read by everybody on the machine.</summary>
internal sealed class PostgreSqlDump(string connectionString)
{
    /// <returns>Why there is no dump, and how to make one by hand; null when there is.</returns>
    public async Task<string?> WriteAsync(string file, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("pg_dump", ["--format=custom", "--no-owner", "--no-password", $"--file={file}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables(connection))
        {
            start.Environment[name] = value;
        }

        try
        {
            using var dump = Process.Start(start)!;
            try
            {
                var words = await dump.StandardError.ReadToEndAsync(cancellationToken);
                await dump.WaitForExitAsync(cancellationToken);
                return dump.ExitCode == 0 ? null : $"pg_dump ended with {dump.ExitCode}: {words.Trim()}";
            }
            catch (OperationCanceledException)
            {
                dump.Kill();
                throw;
            }
        }
        catch (Win32Exception)
        {
            return $"pg_dump is not installed here. Install PostgreSQL's client of the server's version or a later one, or run it elsewhere:{Environment.NewLine}{Line(connection)}";
        }
    }

    /// <summary>The line without the password, which <c>PGPASSFILE</c> or a prompt gives.</summary>
    public static string Line(NpgsqlConnectionStringBuilder connection) =>
        $"pg_dump --format=custom --no-owner --host={connection.Host} --port={connection.Port.ToString(CultureInfo.InvariantCulture)} --username={connection.Username} --dbname={connection.Database} --file=portal.dump";

    private static IEnumerable<(string Name, string? Value)> Variables(NpgsqlConnectionStringBuilder connection)
    {
        (string Name, string? Value)[] variables =
        [
            ("PGHOST", connection.Host),
            ("PGPORT", connection.Port.ToString(CultureInfo.InvariantCulture)),
            ("PGDATABASE", connection.Database),
            ("PGUSER", connection.Username),
            ("PGPASSWORD", connection.Password),
            ("PGPASSFILE", connection.Passfile),
            ("PGSSLROOTCERT", connection.RootCertificate),
            // libpq has the same modes by other names.
            ("PGSSLMODE", $"{connection.SslMode}" switch
            {
                "VerifyCA" => "verify-ca",
                "VerifyFull" => "verify-full",
                var mode => mode.ToLowerInvariant(),
            }),
        ];
        return variables.Where(variable => variable.Value is { Length: > 0 });
    }
}
