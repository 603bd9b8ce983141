using System.Diagnostics;

namespace Portal.IntegrationTests.Commands;

/// <summary>Settings are those beside the program, whichever folder somebody happens to be in.</summary>
public sealed class SettingsFolderTests : IDisposable
{
    private const string Environment = "OfSettingsFolderTests";
    private const string Refusal = "Inventory:RefreshAfter";

    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("portal-elsewhere-");
    private readonly string _file = Path.Combine(Path.GetDirectoryName(PortalProcess.Assembly)!, $"appsettings.{Environment}.json");

    public SettingsFolderTests() => File.WriteAllText(_file, """{ "Inventory": { "RefreshAfter": "00:00:01" } }""");

    public void Dispose()
    {
        File.Delete(_file);
        _elsewhere.Delete(recursive: true);
    }

    [Fact]
    public async Task From_a_folder_without_settings_those_beside_the_program_are_read() =>
        (await CheckAsync()).ShouldContain(Refusal);

    [Fact]
    public async Task From_a_folder_with_settings_or_with_one_that_is_named_these_are_read()
    {
        (await CheckAsync($"--contentRoot={_elsewhere.FullName}")).ShouldNotContain(Refusal);

        await File.WriteAllTextAsync(Path.Combine(_elsewhere.FullName, "appsettings.json"), "{}", TestContext.Current.CancellationToken);
        (await CheckAsync()).ShouldNotContain(Refusal);
    }

    private async Task<string> CheckAsync(params string[] more)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [PortalProcess.Assembly, "config", "check", $"--environment={Environment}", .. more])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _elsewhere.FullName,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(1, output + await errors);
        return output;
    }
}
