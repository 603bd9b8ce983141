using System.Diagnostics;
using Portal.Sandbox;

namespace Portal.IntegrationTests;

/// <summary>The portal as a process of its own, to be killed.</summary>
internal sealed class PortalProcess : IDisposable
{
    private readonly Process _process;

    private PortalProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static PortalProcess Start(SandboxHost sandbox, TestDatabase database, Action<Dictionary<string, string>>? adjust = null)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(output.Parent!.Parent!.FullName, "Portal", output.Name, "Portal.dll");
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        foreach (var argument in PortalHost.Arguments(sandbox, database, adjust))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new PortalProcess(process);
    }

    /// <summary>SIGKILL: no handler runs, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
