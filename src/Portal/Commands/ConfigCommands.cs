using System.CommandLine;

namespace Portal.Commands;

/// <summary><c>config check</c>, and with <c>--try-pool</c> the trial of a real cluster.</summary>
internal static class ConfigCommands
{
    public static Command Create(CommandScene scene)
    {
        var cluster = new Option<string?>("--try-pool")
        {
            HelpName = "CLUSTER",
            Description = "After the checks, and a typed yes: makes, reads, changes and deletes a pool of size 1 on this cluster (its name or id), and shows each answer beside the expected one.",
        };
        var check = new Command("check", "Tries the settings, the database, the vault, DigitalOcean, the sign-in, notices and the way to the clusters, and says for each what is wrong.") { cluster };
        check.SetAction(async (asked, cancellationToken) =>
        {
            var code = await new ConfigCheck(scene).RunAsync(cancellationToken);
            if (asked.GetValue(cluster) is not { Length: > 0 } name)
            {
                return code;
            }

            if (code == ExitCode.Done)
            {
                return await new TrialCommand(scene).RunAsync(name, cancellationToken);
            }

            await scene.Output.WriteLineAsync("No pool was tried: put right first what is wrong.");
            return code;
        });
        return new("config", "What the portal is set to.") { check };
    }
}
