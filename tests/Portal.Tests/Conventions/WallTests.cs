using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Portal.Tests.Conventions;

/// <summary>Which room may know which: the walls that one project cannot have by itself.</summary>
public sealed class WallTests
{
    /// <summary>From the street to the cellar. Each room may know those after it.</summary>
    private static readonly string[] Rooms =
        ["Commands", "Shell", "Pools", "Reviews", "Records", "Changes", "Connections", "Inventory", "Access", "Vaults", "Audit", "Storage", "Operations", "Controls"];

    [Fact]
    public void A_room_knows_only_the_rooms_below_it()
    {
        var upward =
            from type in Code.Portal.GetTypes()
            let room = RoomOf(type)
            where room is not null
            from named in Code.TypesNamedBy(type)
            where named.Assembly == Code.Portal
            let other = RoomOf(named)
            where other is not null && Array.IndexOf(Rooms, other) < Array.IndexOf(Rooms, room)
            select $"{Code.Outermost(type).FullName} ({room}) knows {Code.Outermost(named).FullName} ({other})";

        upward.Distinct().Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Every_type_is_in_a_room() =>
        Code.Written(Code.Portal)
            .Where(type => type.Namespace?.StartsWith("Portal.", StringComparison.Ordinal) is true && !Rooms.Contains(RoomOf(type)))
            .Select(type => type.FullName)
            .ShouldBeEmpty();

    [Fact]
    public void Outside_of_the_rooms_is_only_what_puts_them_together() =>
        Code.Written(Code.Portal)
            .Where(type => type.Namespace is null or "Portal" && type.DeclaringType is null)
            .Select(type => type.Name)
            .ShouldBeSubsetOf(["PortalApp", "Program", "_Imports"]);

    [Theory]
    [InlineData("Portal", "Portal.DigitalOcean")]
    [InlineData("Portal.DigitalOcean")]
    [InlineData("Portal.Sandbox")]
    public void A_project_knows_only_what_it_must(string project, params string[] known) =>
        XDocument.Load(Path.Combine(Repository.Top, "src", project, $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
            .ShouldBe(known);

    [Fact]
    public void What_ships_does_not_know_the_sandbox() =>
        Code.Portal.GetReferencedAssemblies().Concat(Code.DigitalOcean.GetReferencedAssemblies())
            .Select(assembly => assembly.Name)
            .ShouldNotContain("Portal.Sandbox");

    [Fact]
    public void What_fills_a_new_sandbox_is_loaded_from_outside_and_does_not_ship()
    {
        Code.Portal.GetReferencedAssemblies().Select(assembly => assembly.Name).ShouldNotContain("Portal.Rehearsal");
        File.ReadAllText(Path.Combine(Repository.Top, "Dockerfile")).ShouldNotContain("Rehearsal");
        Repository.Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Text.Contains("Rehearsal", StringComparison.Ordinal))
            .Select(file => file.Path)
            .ShouldBe(["src/Portal/Portal.csproj"], "for its InternalsVisibleTo alone");
    }

    [Fact]
    public void The_sandbox_shares_no_source_with_what_it_plays()
    {
        Repository.Code("src/Portal.Sandbox")
            .SelectMany(file => file.Places(new Regex(@"\busing Portal\.(?!Sandbox\b)", RegexOptions.None, TimeSpan.FromSeconds(10))))
            .ShouldBeEmpty();
        File.ReadAllText(Path.Combine(Repository.Top, "src/Portal.Sandbox/Portal.Sandbox.csproj")).ShouldNotContain("../Portal");
    }

    [Fact]
    public void Only_the_client_of_the_api_knows_the_library_that_calls_it() =>
        Code.Portal.GetReferencedAssemblies().Select(assembly => assembly.Name).ShouldNotContain("RestEase");

    private static string? RoomOf(Type type) => type.Namespace?.Split('.') is ["Portal", var room, ..] ? room : null;
}
