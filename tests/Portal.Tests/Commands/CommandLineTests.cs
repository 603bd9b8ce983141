using Portal.Commands;
using Portal.Tests.Conventions;

namespace Portal.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(true, "audit", "verify")]
    [InlineData(true, "nonsense")]
    [InlineData(true, "--help")]
    [InlineData(true, "--version")]
    [InlineData(false)]
    [InlineData(false, "--urls=http://127.0.0.1:5080")]
    [InlineData(false, "urls=http://127.0.0.1:5080")]
    [InlineData(false, "/urls=http://127.0.0.1:5080")]
    [InlineData(false, "--environment", "Sandbox")]
    public void Settings_alone_run_the_portal_and_everything_else_is_a_command(bool isCommand, params string[] arguments) =>
        CommandLine.IsWanted(arguments).ShouldBe(isCommand);

    [Fact]
    public async Task Help_names_every_command()
    {
        var (code, text) = await RunAsync("--help");

        code.ShouldBe(0);
        foreach (var command in new[] { "audit verify", "audit remove", "config check", "database migrate", "database backup", "inventory refresh" })
        {
            text.ShouldContain(command);
        }

        (await RunAsync("database", "--help")).Text.ShouldSatisfyAllConditions(database => database.ShouldContain("migrate"), database => database.ShouldContain("backup <FILE>"));
        (await RunAsync("config", "check", "--help")).Text.ShouldContain("--try-pool <CLUSTER>");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("audit")]
    [InlineData("audit", "verfy")]
    [InlineData("audit", "verify", "--exports", "x")]
    [InlineData("audit", "remove", "--through", "many", "--out", "x")]
    [InlineData("audit", "remove", "--through", "5")]
    [InlineData("database", "backup")]
    public async Task What_is_no_command_ends_with_2_and_says_where_they_are(params string[] arguments)
    {
        var (code, text) = await RunAsync(arguments);

        code.ShouldBe(2);
        text.ShouldContain("All commands: dotnet Portal.dll --help.");
    }

    [Fact]
    public async Task Every_command_is_in_the_docs()
    {
        await using var scene = new CommandScene([], new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null));
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Top, "docs/commands.md"), TestContext.Current.CancellationToken);

        CommandLine.Commands(scene).Subcommands.SelectMany(group => group.Subcommands.Select(command => $"`{group.Name} {command.Name}"))
            .Where(command => !page.Contains(command, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static async Task<(int Code, string Text)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, new Terminal(TextReader.Null, output, output));
        return (code, output.ToString());
    }
}
