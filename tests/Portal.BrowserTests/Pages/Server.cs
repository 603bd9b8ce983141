using System.Diagnostics;
using Npgsql;
using Portal.Sandbox;
using Portal.Sandbox.DigitalOcean;

namespace Portal.BrowserTests;

/// <summary>The other end of a copied text: a driver, a shell, and what PgBouncer says of it.</summary>
internal static class Server
{
    /// <summary>A URI as a driver reads it; Npgsql itself takes none.</summary>
    public static NpgsqlConnectionStringBuilder Read(string uri, string folder)
    {
        var parts = new Uri(uri);
        parts.Scheme.ShouldBe("postgresql");
        var user = parts.UserInfo.Split(':');
        var settings = System.Web.HttpUtility.ParseQueryString(parts.Query);
        return new NpgsqlConnectionStringBuilder
        {
            Host = parts.Host,
            Port = parts.Port,
            Database = Uri.UnescapeDataString(parts.AbsolutePath[1..]),
            Username = Uri.UnescapeDataString(user[0]),
            Password = Uri.UnescapeDataString(user[1]),
            SslMode = settings["sslmode"] switch
            {
                "require" => SslMode.Require,
                "verify-full" => SslMode.VerifyFull,
                var other => throw new ArgumentOutOfRangeException(nameof(uri), other, "An sslmode that nobody asked for."),
            },
            RootCertificate = settings["sslrootcert"] is { } file ? Path.Combine(folder, file) : null,
            Pooling = false,
            Timeout = 20,
        };
    }

    public static async Task<string> QueryAsync(string connectionString, string query)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString() ?? "";
    }

    /// <summary>Runs a copied command in a shell, in a folder; the query comes as if typed.</summary>
    public static async Task<string> ShellAsync(string command, string folder, string query)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", command },
        })!;
        await shell.StandardInput.WriteLineAsync(query);
        shell.StandardInput.Close();
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complaint = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        shell.ExitCode.ShouldBe(0, complaint);
        return output;
    }

    /// <summary>A pool as PgBouncer has it.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PoolAsync(SandboxHost sandbox, Guid cluster, string pool)
    {
        var live = (await sandbox.Of<Cloud>().Find(cluster.ToString())!.Live).ShouldNotBeNull();
        var rows = await live.RunAsync("SHOW DATABASES");
        return rows.Skip(1).Single(row => row[0] == pool).Zip(rows[0]).ToDictionary(pair => pair.Second, pair => pair.First, StringComparer.Ordinal);
    }
}
