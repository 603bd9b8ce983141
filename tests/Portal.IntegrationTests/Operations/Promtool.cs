using System.Diagnostics;

namespace Portal.IntegrationTests.Operations;

/// <summary>Prometheus' own tool, which no test installs: where it is not there, what needs it is skipped.</summary>
internal static class Promtool
{
    private const string Name = "promtool";

    /// <param name="input">Its standard input.</param>
    public static async Task<(int Code, string Words)> RunAsync(string folder, IEnumerable<string> arguments, string input = "")
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, Name)));
        Assert.SkipUnless(isThere, $"{Name} is not on this machine; Debian has it in the package prometheus.");
        using var tool = Process.Start(new ProcessStartInfo(Name, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var words = Task.WhenAll(tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), tool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await tool.StandardInput.WriteAsync(input);
        tool.StandardInput.Close();
        var said = string.Concat(await words);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (tool.ExitCode, said);
    }
}
