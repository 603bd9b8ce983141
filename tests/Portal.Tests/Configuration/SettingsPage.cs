using System.Text;

namespace Portal.Tests.Configuration;

/// <summary>Writes <c>docs/configuration.md</c>.</summary>
internal static class SettingsPage
{
    private const string Head =
        """
        # Configuration

        Written by a test out of the code (`tests/Portal.Tests/Configuration`): change a setting's comment there, not this page.

        Settings come, each over the one before, from `appsettings.json`, `appsettings.{environment}.json`, the environment (`Vault__HashiCorp__Address`, with two underscores for each colon) and the command line
        (`--Vault:HashiCorp:Address=…`). They are read at the start. A key that is not in this table, inside a section of this table, or a value that is not possible, stops the start with a message that names it and says what would be right;
        `dotnet Portal.dll config check` says all of them at once, and tries what they point at. `appsettings.schema.json` lets an editor do so while you write.

        No setting is a secret. Secrets are in the vault, and settings say where; a password in `Database:ConnectionString` is the exception, which an environment variable or `Passfile` keeps out of files.

        A *time* is written `[days.]hours:minutes:seconds`, as in `00:05:00` or `7.00:00:00`. `N` is a place in a list, from 0. Beside these sections there are the framework's own, such as `Logging`, `Kestrel` and `urls`:
        https://learn.microsoft.com/aspnet/core/fundamentals/configuration/.

        """;

    public static string Write(IReadOnlyList<Setting> sections)
    {
        var page = new StringBuilder(Head);
        foreach (var section in sections)
        {
            page.Append('\n').Append("## ").Append(section.Key).Append("\n\n");
            page.Append(Introduction(section)).Append("\n\n");
            page.Append("| key | kind | default | example | meaning |\n|---|---|---|---|---|\n");
            foreach (var setting in section.All.Where(setting => setting.Inner.Count == 0))
            {
                page.Append("| `").Append(setting.Key).Append("` | ").Append(Kind(setting))
                    .Append(" | ").Append(Code(setting.DefaultText))
                    .Append(" | ").Append(Code(setting.Example ?? setting.DefaultText))
                    .Append(" | ").Append(Cell(setting.Meaning)).Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static string Introduction(Setting section) =>
        string.Join("\n\n", section.All.Where(setting => setting.Inner.Count > 0 && setting.Meaning.Length > 0).Select(setting => setting == section ? setting.Meaning : $"`{setting.Key}`: {setting.Meaning}"));

    private static string Kind(Setting setting) => setting switch
    {
        { IsList: true } => "list of texts",
        { Kind.IsEnum: true } => string.Join(", ", Enum.GetNames(setting.Kind).Select(name => $"`{name}`")),
        _ when setting.Kind == typeof(bool) => "`true`, `false`",
        _ when setting.Kind == typeof(TimeSpan) => $"time{Between(setting)}",
        _ when setting.Kind == typeof(int) => $"whole number{Between(setting)}",
        _ when setting.Kind == typeof(double) => $"number{Between(setting)}",
        _ when setting.Kind == typeof(Uri) => "address",
        _ => "text",
    };

    private static string Between(Setting setting) => setting.Range is { } range ? $", {Setting.TextOf(range.Minimum)} to {Setting.TextOf(range.Maximum)}" : "";

    private static string Code(string? text) => text is null ? "" : $"`{text}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
