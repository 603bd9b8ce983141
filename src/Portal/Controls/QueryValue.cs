using System.Globalization;

namespace Portal.Controls;

/// <summary>Values out of an address, which anybody may have written. What they cannot mean is left out: Blazor's own reading of them ends the page.</summary>
internal static class QueryValue
{
    /// <summary>Digits alone, up to 9,223,372,036,854,775,807.</summary>
    public static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The number of a page of a list, from 1; what is none is the first. At most a million, so that what is counted with it stays a number.</summary>
    public static int Page(string? text) => (int)Math.Clamp(Number(text) ?? 1, 1, 1_000_000);

    public static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    /// <summary><c>true</c>, in whichever case.</summary>
    public static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
