using System.CommandLine;
using Portal.Audit;

namespace Portal.Commands;

/// <summary><c>audit verify</c> and <c>audit remove</c>.</summary>
internal static class AuditCommands
{
    public static Command Create(CommandScene scene) => new("audit", "The record of who did what.") { Verify(scene), Remove(scene) };

    private static Command Verify(CommandScene scene)
    {
        var export = new Option<string[]>("--export") { HelpName = "FILE", Description = "A file that was taken away; several when they follow from each other. Needs nothing but the files." };
        var heads = new Option<string?>("--heads") { HelpName = "FILE", Description = "The file of heads that the portal wrote outside of its database." };
        var key = new Option<string[]>("--key") { HelpName = "PUBLIC.pem", Description = "A public key whose signatures count; several when the key was changed." };
        var command = new Command("verify", "Checks the record: in files, or without --export in the configured database.") { export, heads, key };
        command.SetAction(async (asked, cancellationToken) =>
        {
            var keys = asked.GetValue(key) ?? [];
            return asked.GetValue(export) is { Length: > 0 } files
                ? await RecordCommand.VerifyFilesAsync(scene.Output, files, asked.GetValue(heads), keys)
                : await new RecordCommand(await scene.OnDatabaseAsync(cancellationToken), scene.Output).VerifyDatabaseAsync(asked.GetValue(heads), keys);
        });
        return command;
    }

    private static Command Remove(CommandScene scene)
    {
        var through = new Option<long>("--through") { HelpName = "ROW", Required = true, Description = "Rows up to the last checkpoint at or before this one." };
        var file = new Option<string>("--out") { HelpName = "FILE", Required = true, Description = "Where they go." };
        var command = new Command("remove", "Writes old rows of the configured database into a signed file and removes them.") { through, file };
        command.SetAction(async (asked, cancellationToken) =>
            await new RecordCommand(await scene.OnDatabaseAsync(cancellationToken), scene.Output).RemoveAsync(asked.GetValue(through), asked.GetRequiredValue(file)));
        return command;
    }
}
