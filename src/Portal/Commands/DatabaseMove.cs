using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Commands;

/// <summary>Moves an installation from a SQLite file to the PostgreSQL of the settings, and has the record checked on both sides.</summary>
internal sealed class DatabaseMove(CommandScene scene, IOptions<DatabaseOptions> options, IDbContextFactory<PortalDbContext> contexts, AuditLog audit)
{
    public async Task<int> RunAsync(string file, CancellationToken cancellationToken)
    {
        if (options.Value.Provider is not DatabaseProvider.PostgreSql)
        {
            await scene.Output.WriteLineAsync("The settings are to name the new database: set Database:Provider to PostgreSql and Database:ConnectionString to an empty database there.");
            return ExitCode.Wrong;
        }

        if (!File.Exists(file))
        {
            await scene.Output.WriteLineAsync($"There is no file {Path.GetFullPath(file)}.");
            return ExitCode.Wrong;
        }

        var old = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString;
        await using var before = scene.With($"--{DatabaseOptions.Section}:Provider=Sqlite", $"--{DatabaseOptions.Section}:ConnectionString={old}");
        if (await VerifyAsync("Before", before) is not ExitCode.Done)
        {
            await scene.Output.WriteLineAsync("The record of the old database is not whole. Nothing was copied: find out why first.");
            return ExitCode.Wrong;
        }

        try
        {
            await CopyAsync(old, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            await scene.Output.WriteLineAsync($"Nothing was copied. {exception.Message}");
            return ExitCode.Wrong;
        }

        var isWhole = await VerifyAsync("After", scene) is ExitCode.Done;
        await audit.AppendAsync(
            new AuditEntry(AuditAction.DatabaseCopied)
            {
                Actor = AuditActor.CommandLine(),
                Details = new Dictionary<string, string?>(StringComparer.Ordinal) { ["file"] = Path.GetFileName(file) },
            },
            cancellationToken);
        await scene.Output.WriteLineAsync(isWhole
            ? $"Start the portal with these settings. Keep {file} until you are sure, and start no portal on it any more."
            : "The copy's record is not whole, though the old one's is. Do not use it; tell us.");
        return isWhole ? ExitCode.Done : ExitCode.Wrong;
    }

    private async Task CopyAsync(string old, CancellationToken cancellationToken)
    {
        await using var from = PortalDbContexts.Create(DatabaseProvider.Sqlite, old);
        await using var to = await contexts.CreateDbContextAsync(cancellationToken);
        await MigrateAtStart.MigrateAsync(to, cancellationToken);
        foreach (var (table, rows) in await DatabaseCopy.RunAsync(from, to, cancellationToken))
        {
            await scene.Output.WriteLineAsync(FormattableString.Invariant($"{rows,9:N0} {table}"));
        }
    }

    private async Task<int> VerifyAsync(string when, CommandScene side)
    {
        await scene.Output.WriteLineAsync($"{when}, the record:");
        var services = await side.OnDatabaseAsync(CancellationToken.None);
        return await new RecordCommand(services, scene.Output).VerifyDatabaseAsync(headsFile: null, keyFiles: []);
    }
}
