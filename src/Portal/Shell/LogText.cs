namespace Portal.Shell;

/// <summary>Makes what a stranger sent fit for one line of the log.</summary>
internal static class LogText
{
    private const int MaxLength = 200;

    /// <summary>At most 200 characters, without control characters, and of an address neither query nor fragment.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "-";
        }

        var end = text.AsSpan().IndexOfAny('?', '#');
        var kept = text[..Math.Min(end < 0 ? text.Length : end, MaxLength)];
        return string.Create(kept.Length, kept, static (target, source) =>
        {
            for (var index = 0; index < target.Length; index++)
            {
                target[index] = char.IsControl(source[index]) || source[index] is '\u2028' or '\u2029' ? ' ' : source[index];
            }
        });
    }
}
