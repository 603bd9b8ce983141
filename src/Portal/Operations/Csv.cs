using System.Globalization;

namespace Portal.Operations;

/// <summary>Fields of a comma-separated file that programs read by RFC 4180, and people open in a spreadsheet.</summary>
internal static class Csv
{
    /// <summary>What makes a spreadsheet take a cell for a formula, and run it.</summary>
    /// <seealso href="https://owasp.org/www-community/attacks/CSV_Injection"/>
    private const string BeginsFormula = "=+-@\t\r\n＝＋－＠";

    private static readonly System.Buffers.SearchValues<char> WantsQuotes = System.Buffers.SearchValues.Create(",;\"\r\n\t");

    public static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // An apostrophe says "this is text", and the spreadsheet does not show it.
        var harmless = BeginsFormula.Contains(text.FirstOrDefault(letter => !IsPassedOver(letter)), StringComparison.Ordinal) ? $"'{text}" : text;
        return harmless.AsSpan().ContainsAny(WantsQuotes) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }

    // Spaces of every kind and what is not seen at all: some spreadsheets look behind them for a formula.
    private static bool IsPassedOver(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Format;
}
