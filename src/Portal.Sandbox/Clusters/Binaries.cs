using System.Diagnostics;

namespace Portal.Sandbox.Clusters;

/// <summary>The programs that a live cluster is made of.</summary>
internal sealed record Binaries(string InitDb, string Postgres, Version PostgresVersion, string PgBouncer, Version PgBouncerVersion)
{
    public const string HowToInstall = "On Debian and Ubuntu: apt-get install postgresql pgbouncer. On macOS: brew install postgresql pgbouncer.";

    /// <summary>The newest PostgreSQL and the newest PgBouncer that are found, or why there are none.</summary>
    public static (Binaries? Found, string? Missing) Find(string? binaryFolders)
    {
        var folders = Folders(binaryFolders);
        var postgres = Newest(folders.Where(folder => File.Exists(Path.Combine(folder, "initdb"))), "postgres");
        var pgBouncer = Newest(folders, "pgbouncer");
        if (postgres is not null && pgBouncer is not null)
        {
            var initDb = Path.Combine(Path.GetDirectoryName(postgres.Value.Path)!, "initdb");
            return (new Binaries(initDb, postgres.Value.Path, postgres.Value.Version, pgBouncer.Value.Path, pgBouncer.Value.Version), null);
        }

        var missing = postgres is not null ? "PgBouncer is" : pgBouncer is not null ? "PostgreSQL is" : "PostgreSQL and PgBouncer are";
        return (null, $"{missing} not installed. {HowToInstall}");
    }

    private static List<string> Folders(string? binaryFolders)
    {
        if (binaryFolders is not null)
        {
            return [.. binaryFolders.Split(':', StringSplitOptions.RemoveEmptyEntries)];
        }

        List<string> folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/opt/homebrew/bin"];
        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        foreach (var versions in new[] { "/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt" })
        {
            if (Directory.Exists(versions))
            {
                folders.AddRange(Directory.EnumerateDirectories(versions).Select(version => Path.Combine(version, "bin")));
            }
        }

        return [.. folders.Distinct(StringComparer.Ordinal)];
    }

    private static (string Path, Version Version)? Newest(IEnumerable<string> folders, string program) => folders
        .Select(folder => Path.Combine(folder, program))
        .Where(File.Exists)
        .Select(path => (Path: path, Version: VersionOf(path)))
        .Where(candidate => candidate.Version is not null)
        .OrderByDescending(candidate => candidate.Version)
        .Select(candidate => ((string, Version)?)(candidate.Path, candidate.Version!))
        .FirstOrDefault();

    private static Version? VersionOf(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text.Split([' ', '\n']).Select(word => Version.TryParse(word, out var version) ? version : null).FirstOrDefault(version => version is not null);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // Not a program that runs here.
        }
    }
}
