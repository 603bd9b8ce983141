using System.Diagnostics;

namespace Portal.IntegrationTests.Connections;

/// <summary>Runs the program that a text is for, in a folder that has the CA file in it, and says as whom and in which database it was.</summary>
internal sealed class Client(string folder, CancellationToken cancellationToken)
{
    private const string Query = "select current_database() || ' ' || current_user";

    /// <summary>A system's own Python, Ruby and PHP, which have the packages of Debian; another may come first in the PATH.</summary>
    private static readonly string[] OwnPrograms = ["/usr/bin", "/bin"];

    /// <summary>Everything that a text of this format makes its program do. A format that is not here yet is named by the test.</summary>
    public Task<string> RunAsync(string format, string text) => format switch
    {
        "uri" or "libpq" => PsqlAsync(text),
        "psql" => ShellAsync($"{text} -At -c \"{Query}\""),
        "pg-variables" => ShellAsync($". ./{Save("database.sh", text)}; psql -At -c \"{Query}\""),
        "dotenv" => ShellAsync($". ./{Save(".env", text)}; psql \"${{DATABASE_URL:-$DATABASE_URL_DIRECT}}\" -At -c \"{Query}\""),
        "npgsql" => NpgsqlAsync(text),
        "jdbc" or "spring" => JavaAsync(text),
        "kubernetes" => KubernetesAsync(text),
        "node-pg" or "postgres-js" => NodeAsync(text, format),
        "psycopg" or "sqlalchemy" or "django" => PythonAsync(text, format),
        "rails" => RubyAsync(text),
        "pdo" => PhpAsync(text),
        // Their compilers and engines are not worth their size: the address is read here, strictly, and psql connects with it.
        "pgx" => PsqlAsync(Addresses.Of(text, unknownToLibpq: ["pool_max_conns", "default_query_exec_mode"])),
        "sqlx" => PsqlAsync(Addresses.Of(text, unknownToLibpq: [])),
        "prisma" => PsqlAsync(Addresses.OfPrisma(text)),
        _ => throw new NotSupportedException($"Say here how a program is run with the format {format}."),
    };

    private Task<string> PsqlAsync(string connection) => ProgramAsync("psql", "postgresql-client", connection, "-At", "-c", Query);

    private Task<string> ShellAsync(string script) => ProgramAsync("sh", "dash", "-c", script);

    private async Task<string> NpgsqlAsync(string text)
    {
        // A test cannot change the folder of the whole process, so the file is named in full.
        var path = Path.Combine(folder, Portal.Connections.ConnectionDetails.CaFile);
        await using var source = Npgsql.NpgsqlDataSource.Create(text.Replace(Portal.Connections.ConnectionDetails.CaFile, path, StringComparison.Ordinal));
        for (var time = 1; time <= 3; time++)
        {
            await using var opened = await source.OpenConnectionAsync(cancellationToken);
        }

        await using var command = source.CreateCommand(Query);
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private Task<string> JavaAsync(string text)
    {
        Save("database.properties", text);
        Save("query.bsh", Scripts.Java(Query));
        const string Driver = "/usr/share/java/postgresql.jar";
        const string Interpreter = "/usr/share/java/bsh.jar";
        Need(File.Exists(Driver), Driver, "libpostgresql-jdbc-java");
        Need(File.Exists(Interpreter), Interpreter, "bsh");
        return ProgramAsync("java", "default-jre-headless", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", $"{Driver}:{Interpreter}", "bsh.Interpreter", "query.bsh");
    }

    private Task<string> NodeAsync(string text, string format)
    {
        SaveBoth(text);
        Save("query.mjs", Scripts.Node(format, Query));
        var modules = Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "pool-portal/node/node_modules");
        Need(Directory.Exists(Path.Combine(modules, format == "node-pg" ? "pg" : "postgres")), $"{modules}, which ./test.sh fills,", "npm");
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), modules);
        return WithEnvironmentAsync("node", "nodejs", "query.mjs");
    }

    private Task<string> PythonAsync(string text, string format)
    {
        SaveBoth(text);
        Save("query.py", Scripts.Python(format, Query));
        return WithEnvironmentAsync("python3", "python3-psycopg, python3-psycopg2, python3-sqlalchemy and python3-django", "query.py");
    }

    private Task<string> RubyAsync(string text)
    {
        SaveBoth(text);
        Save("query.rb", Scripts.Ruby(Query));
        return WithEnvironmentAsync("ruby", "ruby-pg and ruby-activerecord", "query.rb");
    }

    private Task<string> PhpAsync(string text)
    {
        SaveBoth(text);
        Save("query.php", Scripts.Php(Query));
        return WithEnvironmentAsync("php", "php-cli and php-pgsql", "query.php");
    }

    // Read by a real reader of YAML; the volume, which Kubernetes would mount, is this folder.
    private async Task<string> KubernetesAsync(string text)
    {
        Save("secret.yaml", text);
        Save("read.rb", Scripts.Secret);
        await ProgramAsync("ruby", "ruby", "read.rb");
        var byAddress = await PsqlAsync((await File.ReadAllTextAsync(Path.Combine(folder, "uri"), cancellationToken)).Trim());
        var byParts = await ShellAsync($"""
            PGPASSWORD="$(cat password)" psql "host=$(cat host) port=$(cat port) dbname=$(cat database) user=$(cat username) sslmode=verify-full sslrootcert=ca.crt" -At -c "{Query}"
            """);
        byParts.ShouldBe(byAddress);
        return byAddress;
    }

    private Task<string> WithEnvironmentAsync(string program, string package, string script) =>
        ShellAsync($"set -a; . ./.env; set +a; exec {Find(program, package)} {script}");

    private Task<string> ProgramAsync(string program, string package, params string[] arguments) => StartAsync(Find(program, package), arguments);

    private async Task<string> StartAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PGCONNECT_TIMEOUT"] = "10";
        start.Environment["HOME"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        return (await output).Trim();
    }

    private string Save(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
        return name;
    }

    /// <summary>The two files of a text with code, each under the name that stands above it.</summary>
    private void SaveBoth(string text)
    {
        var parts = text.Split("\n\n", 2);
        Save(".env", parts[0]);
        Save(parts[1].Split('\n')[0].Split(' ')[^1], parts[1]);
    }

    private static string Find(string program, string package)
    {
        var folders = OwnPrograms.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        var found = folders.Select(inFolder => Path.Combine(inFolder, program)).FirstOrDefault(File.Exists);
        Need(found is not null, program, package);
        return found!;
    }

    private static void Need(bool isThere, string what, string package) =>
        isThere.ShouldBeTrue($"{what} is missing. ./test.sh installs it as root on Debian; elsewhere install what Debian calls {package}.");
}
