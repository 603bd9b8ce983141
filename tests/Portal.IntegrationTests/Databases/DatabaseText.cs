using System.Data.Common;
using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Portal.IntegrationTests.Databases;

/// <summary>A whole database as SQL that any client can run, and back.</summary>
internal static class DatabaseText
{
    public static async Task LoadAsync(TestDatabase database, string text)
    {
        await using var connection = Connect(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a file of this repository.
        command.CommandText = text;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static Task<string> WriteAsync(TestDatabase database) => database.Provider is "Sqlite" ? WriteSqliteAsync(database) : DumpAsync(database);

    // Without a pool, so that what the text sets for its session ends with it.
    private static DbConnection Connect(TestDatabase database) => database.Provider is "Sqlite"
        ? new SqliteConnection($"{database.ConnectionString};Pooling=False")
        : new NpgsqlConnection($"{database.ConnectionString};Pooling=false");

    private static async Task<string> WriteSqliteAsync(TestDatabase database)
    {
        await using var connection = Connect(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // Of one moment, whatever the portal does meanwhile.
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var text = new StringBuilder("PRAGMA foreign_keys = OFF;\nBEGIN;\n");
        var things = await ReadAsync(connection, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid");
        foreach (var table in things.Where(thing => thing[0] is "table"))
        {
            text.Append(OneLineEnd(table[2])).Append(";\n");
        }

        foreach (var table in things.Where(thing => thing[0] is "table").Select(thing => thing[1]))
        {
            var columns = (await ReadAsync(connection, $"SELECT name FROM pragma_table_info('{table}')")).Select(column => $"\"{column[0]}\"").ToList();
            foreach (var row in await ReadAsync(connection, $"SELECT {string.Join(", ", columns.Select(column => $"quote({column})"))} FROM \"{table}\""))
            {
                text.Append($"INSERT INTO \"{table}\" ({string.Join(", ", columns)}) VALUES ({string.Join(", ", row)});\n");
            }
        }

        foreach (var other in things.Where(thing => thing[0] is not "table"))
        {
            text.Append(OneLineEnd(other[2])).Append(";\n");
        }

        return text.Append("COMMIT;\n").ToString();
    }

    // The tables of Entity Framework itself have those of another system.
    private static string OneLineEnd(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static async Task<List<string[]>> ReadAsync(DbConnection connection, string query)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of the database's own tables.
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string[]> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }

    private static async Task<string> DumpAsync(TestDatabase database)
    {
        var from = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo("pg_dump", ["--inserts", "--no-owner", "--no-privileges", "--no-comments"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["PGHOST"] = from.Host,
                ["PGPORT"] = $"{from.Port}",
                ["PGDATABASE"] = from.Database,
                ["PGUSER"] = from.Username,
                ["PGPASSWORD"] = from.Password,
                ["PGSSLMODE"] = "require",
            },
        };
        using var dump = Process.Start(start)!;
        var text = await dump.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await dump.WaitForExitAsync(TestContext.Current.CancellationToken);
        dump.ExitCode.ShouldBe(0);

        // Neither psql's own commands, nor remarks, nor what only later servers know.
        var lines = text.Split('\n').Where(line => line is not ['\\', ..] and not ['-', '-', ..] && !line.StartsWith("SET transaction_timeout", StringComparison.Ordinal) && line.Length > 0);
        return string.Join('\n', lines) + "\n";
    }
}
