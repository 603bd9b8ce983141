using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Commands;

/// <summary>A copy of the database as it is at one moment. The portal may run meanwhile.</summary>
/// <remarks>
/// SQLite's <c>VACUUM INTO</c> reads in one transaction and leaves out the pages of rows that were deleted
/// (<see href="https://www.sqlite.org/lang_vacuum.html#vacuuminto"/>). What PostgreSQL holds only its own pg_dump can write.
/// </remarks>
internal sealed class DatabaseBackup(IOptions<DatabaseOptions> options, AuditLog audit, TextWriter output)
{
    public async Task<int> RunAsync(string file, CancellationToken cancellationToken)
    {
        if (File.Exists(file))
        {
            await output.WriteLineAsync($"{file} is there already and is not written over. Name a new file.");
            return ExitCode.Wrong;
        }

        var partial = $"{file}.part";
        try
        {
            // Before anything is in it.
            await File.Create(partial).DisposeAsync();
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(partial, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await RecordAsync(file, cancellationToken);
            var failure = options.Value.Provider is DatabaseProvider.Sqlite
                ? await CopySqliteAsync(partial, cancellationToken)
                : await new PostgreSqlDump(options.Value.ConnectionString).WriteAsync(partial, cancellationToken);
            if (failure is not null)
            {
                await output.WriteLineAsync(failure);
                return ExitCode.NotTried;
            }

            await KeepAsync(partial, file, cancellationToken);
            return ExitCode.Done;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task<string?> CopySqliteAsync(string file, CancellationToken cancellationToken)
    {
        var source = new SqliteConnectionStringBuilder(options.Value.ConnectionString);
        if (!File.Exists(source.DataSource))
        {
            return $"There is no database {Path.GetFullPath(source.DataSource)}.";
        }

        await using (var connection = new SqliteConnection(source.ConnectionString))
        {
            await connection.OpenAsync(cancellationToken);
            await using var copy = connection.CreateCommand();
            copy.CommandText = "VACUUM INTO $file";
            copy.Parameters.AddWithValue("$file", Path.GetFullPath(file));
            await copy.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var written = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        await written.OpenAsync(cancellationToken);
        await using var check = written.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return await check.ExecuteScalarAsync(cancellationToken) is "ok" ? null : "The copy is not whole, so it was not kept. Look at the disk, and at the database itself.";
    }

    private async Task KeepAsync(string partial, string file, CancellationToken cancellationToken)
    {
        string hash;
        long length;
        await using (var written = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
        {
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken));
            length = written.Length;
            written.Flush(flushToDisk: true);
        }

        File.Move(partial, file, overwrite: false);
        await output.WriteLineAsync(FormattableString.Invariant($"{file}: {length:N0} bytes, SHA-256 {hash}."));
        await output.WriteLineAsync(
            "It holds no secret of the vault. Who has it reads every change, name and reason, so keep it as you keep the database. Data Protection's keys in it open with the vault's key of today.");
    }

    /// <summary>A copy is taken all the same of a database that takes no row: then it is wanted most.</summary>
    private async Task RecordAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await audit.AppendAsync(
                new AuditEntry(AuditAction.BackedUp)
                {
                    Actor = AuditActor.CommandLine(),
                    Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["file"] = Path.GetFileName(file) },
                },
                cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            await output.WriteLineAsync($"The record takes no row, so this backup is not in it: {exception.Message}");
        }
    }
}
