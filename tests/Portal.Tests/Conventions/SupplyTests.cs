using System.Text.Json;
using System.Text.RegularExpressions;

namespace Portal.Tests.Conventions;

/// <summary>Where the parts come from: pinned, locked, and with a licence that somebody has looked at.</summary>
public sealed partial class SupplyTests
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-3-Clause", "PostgreSQL", "Microsoft .NET Library", "public domain"];

    [Fact]
    public void Every_package_that_ships_has_a_licence_in_the_table_and_the_table_has_no_other()
    {
        var packages = LockedPackages("src/Portal").Order(StringComparer.Ordinal);
        var table = Row().Matches(File.ReadAllText(Path.Combine(Repository.Top, "docs/licences.md")))
            .Where(row => row.Groups["name"].Value is not "package" and not "---")
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["licence"].Value, StringComparer.Ordinal);

        table.Keys.Where(name => !name.StartsWith('`')).Order(StringComparer.Ordinal).ShouldBe(packages);
        table.Values.ShouldAllBe(licence => Allowed.Any(allowed => licence.StartsWith(allowed, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_project_is_locked_to_what_was_restored()
    {
        var projects = Repository.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file.Path)!).ToList();

        projects.Count.ShouldBeGreaterThan(5);
        projects.Where(folder => !File.Exists(Path.Combine(Repository.Top, folder, "packages.lock.json"))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_version_is_one_version() =>
        Version().Matches(File.ReadAllText(Path.Combine(Repository.Top, "Directory.Packages.props"))).Select(version => version.Groups["version"].Value)
            .Where(version => !ExactVersion().IsMatch(version))
            .ShouldBeEmpty();

    private static IEnumerable<string> LockedPackages(string project)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Top, project, "packages.lock.json")));
        return [.. file.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() is not "Project")
            .Select(package => package.Name)
            // Once more for each kind of machine that the image is compiled for.
            .Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"^\| (?<name>[^|]+?) \| (?<licence>[^|]+?) \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("<PackageVersion [^>]*Version=\"(?<version>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();

    [GeneratedRegex(@"^\d+(\.\d+){1,3}(-[a-z]+\.\d+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExactVersion();
}
