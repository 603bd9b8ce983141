using System.CommandLine;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Commands;

/// <summary><c>dotnet Portal.dll COMMAND</c>: what the program does besides serving pages. A command starts no service and listens nowhere.</summary>
internal static class CommandLine
{
    private const string Description =
        """
        A portal for connection pools. Without a command it serves its pages.

        Every setting of the portal can be given as --Section:Key=value; the others come from appsettings.json and the environment, as they do for the portal.
        dotnet Portal.dll health asks the portal beside it whether it is ready; health --help says how.
        A command ends with 0 when all is well, with 1 when something is wrong or was not done, and with 2 when it could not be tried.
        """;

    // A command that is interrupted takes back what it began, as far as it can.
    private static readonly TimeSpan CleansUpWithin = TimeSpan.FromMinutes(2);

    /// <summary>Whether this is a command, and not settings of a portal that is to run.</summary>
    public static bool IsWanted(IReadOnlyList<string> arguments) =>
        arguments is [var first, ..] && (first is "--help" or "-h" or "-?" or "--version" || (first is not ['-' or '/', ..] && !first.Contains('=')));

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var settings = arguments.Where(IsSetting).ToList();
        await using var scene = new CommandScene(settings, terminal);
        var asked = Commands(scene).Parse([.. arguments.Where(argument => !IsSetting(argument))]);
        if (asked.Errors.Count > 0)
        {
            foreach (var error in asked.Errors)
            {
                await terminal.Error.WriteLineAsync(error.Message);
            }

            await terminal.Error.WriteLineAsync("All commands: dotnet Portal.dll --help. What one takes: dotnet Portal.dll COMMAND --help.");
            return ExitCode.NotTried;
        }

        try
        {
            return await asked.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = CleansUpWithin,
            });
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (OptionsValidationException exception)
        {
            await terminal.Error.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures.Prepend("Not done, because settings are wrong:")));
            return ExitCode.NotTried;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or InvalidDataException or NewerDatabaseException || Database.IsTrouble(exception))
        {
            await terminal.Error.WriteLineAsync($"Not done: {exception.Message}");
            return ExitCode.NotTried;
        }
    }

    /// <summary>The list of what there is.</summary>
    public static RootCommand Commands(CommandScene scene)
    {
        var root = new RootCommand
        {
            AuditCommands.Create(scene),
            ConfigCommands.Create(scene),
            DatabaseCommands.Create(scene),
            InventoryCommands.Create(scene),
        };
        root.Description = string.Join(Environment.NewLine, Lines(root).Prepend(Description));
        return root;
    }

    // Of its own the help of the library shows the first words alone.
    private static IEnumerable<string> Lines(RootCommand root) =>
        from area in root.Subcommands
        from command in area.Subcommands
        from line in new[] { "", $"{area.Name} {command.Name}", $"  {command.Description}" }
        select line;

    private static bool IsSetting(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=');
}
