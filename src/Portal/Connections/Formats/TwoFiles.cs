namespace Portal.Connections.Formats;

/// <summary>A text for two files: the one line with the password, and code that reads it, so that the code can be shared.</summary>
/// <remarks>
/// The line is an address whose escaping leaves only letters, digits and percent signs of a password, so every shell and
/// every reader of <c>.env</c> takes it the same way; of raw passwords they do not agree on the quotes.
/// </remarks>
internal static class TwoFiles
{
    public const string Environment = ".env";

    /// <param name="details">Which variable.</param>
    /// <param name="address">What stands in it.</param>
    /// <param name="heading">A comment that names the second file, as that file writes comments.</param>
    /// <param name="code">The second file.</param>
    /// <param name="note">A comment above the line.</param>
    public static string Write(ConnectionDetails details, string address, string heading, string code, string? note = null) => $"""
        # {Environment}
        {(note is null ? "" : $"{note}\n")}{Line(details, address)}

        {heading}
        {code}
        """;

    public static string Line(ConnectionDetails details, string address) => $"{details.Variable}='{address}'";

    public static FormatSetting LineSetting(ConnectionDetails details) => new(
        $"{details.Variable}=",
        "Has the password in it, so it belongs into the environment and not into the repository. The characters of the password that mean something in an address are written as % and two digits.");
}
