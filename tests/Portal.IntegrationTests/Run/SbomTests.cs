using System.Diagnostics;
using System.Text.Json;

namespace Portal.IntegrationTests.Run;

/// <summary>The list of parts that the build writes beside what ships.</summary>
public sealed class SbomTests
{
    [Fact]
    public async Task The_build_lists_every_package_of_the_restored_graph_with_version_and_hash()
    {
        var top = Repository.Top;
        var folder = Directory.CreateTempSubdirectory("portal-sbom-");
        try
        {
            var (code, output) = await RunAsync(top, "msbuild", "src/Portal", "-t:WriteSbom", $"-p:SbomFolder={folder.FullName}", "-nologo", "-nodeReuse:false");
            code.ShouldBe(0, output);

            using var sbom = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "portal.cdx.json"), TestContext.Current.CancellationToken));
            sbom.RootElement.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
            var parts = sbom.RootElement.GetProperty("components").EnumerateArray()
                .Where(part => part.GetProperty("purl").GetString()!.StartsWith("pkg:nuget/", StringComparison.Ordinal) && part.TryGetProperty("hashes", out _))
                .Select(part => (part.GetProperty("name").GetString(), part.GetProperty("version").GetString()))
                .ToHashSet();
            using var locked = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(top, "src/Portal/packages.lock.json"), TestContext.Current.CancellationToken));
            var packages = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
                .Where(package => package.Value.GetProperty("type").GetString() is not "Project")
                .Select(package => ((string?)package.Name, package.Value.GetProperty("resolved").GetString()))
                .ToList();
            packages.Count.ShouldBeGreaterThan(20);
            packages.Where(package => !parts.Contains(package)).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
