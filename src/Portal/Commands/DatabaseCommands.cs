using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Commands;

/// <summary><c>database migrate</c>, <c>database backup</c> and <c>database copy</c>.</summary>
internal static class DatabaseCommands
{
    public static Command Create(CommandScene scene) => new("database", "The portal's own database.") { Migrate(scene), Backup(scene), Copy(scene) };

    private static Command Migrate(CommandScene scene)
    {
        var command = new Command("migrate", "Brings the tables to this version, as the start of the portal does. There is no way back: make a backup first.");
        command.SetAction(async (_, cancellationToken) =>
        {
            await using var db = await scene.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
            var before = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            await MigrateAtStart.MigrateAsync(db, cancellationToken);
            await scene.Output.WriteLineAsync(before.Count == 0 ? "Nothing to do: the tables are those of this version." : $"Done: {string.Join(", ", before)}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Backup(CommandScene scene)
    {
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet. Its owner alone may read it." };
        var command = new Command("backup", "Writes a copy of the database into a file, also while the portal runs. With PostgreSQL, pg_dump makes it.") { file };
        command.SetAction(async (asked, cancellationToken) =>
            await ActivatorUtilities.CreateInstance<DatabaseBackup>(await scene.OnDatabaseAsync(cancellationToken), scene.Output).RunAsync(asked.GetRequiredValue(file), cancellationToken));
        return command;
    }

    private static Command Copy(CommandScene scene)
    {
        var file = new Argument<string>("FILE") { Description = "The SQLite file of the portal that is to go on with PostgreSQL. Stop that portal first." };
        var command = new Command("copy", "Copies everything from a SQLite file into the PostgreSQL of the settings, which must be empty, and checks the record on both sides.") { file };
        command.SetAction((asked, cancellationToken) =>
            ActivatorUtilities.CreateInstance<DatabaseMove>(scene.Services, scene).RunAsync(asked.GetRequiredValue(file), cancellationToken));
        return command;
    }
}
