using System.Runtime.InteropServices;

namespace Portal.Sandbox;

/// <summary>The sandbox as a process of its own: settings from the environment and the command line, ended by a signal.</summary>
internal static class SandboxProgram
{
    private const int WrongSetting = 64; // EX_USAGE of sysexits.h

    public static async Task<int> RunAsync(string[] args)
    {
        SandboxOptions options;
        try
        {
            options = SandboxOptions.Read(args);
        }
        catch (SandboxSettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongSetting;
        }

        using var ended = new CancellationTokenSource();
        using var interrupted = On(PosixSignal.SIGINT, ended);
        using var terminated = On(PosixSignal.SIGTERM, ended);
        using var hungUp = On(PosixSignal.SIGHUP, ended);

        try
        {
            await using var sandbox = await SandboxHost.StartAsync(options, ended.Token);
            await Console.Out.WriteLineAsync($"Sandbox: http://localhost:{sandbox.Address.Port}");
            await sandbox.WaitForStopAsync(ended.Token);
        }
        catch (SandboxSettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return WrongSetting;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Told to stop while still starting: what was started has been ended by the dispose above.
        }

        return 0;
    }

    private static PosixSignalRegistration On(PosixSignal signal, CancellationTokenSource ended) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            ended.Cancel();
        });
}
