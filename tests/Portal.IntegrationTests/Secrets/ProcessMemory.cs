using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Portal.IntegrationTests.Secrets;

/// <summary>The memory of another process, as a dump would have it: everything that it can write to.</summary>
internal static class ProcessMemory
{
    private const int Piece = 1024 * 1024;

    /// <summary>Whether this machine shows it: Linux, to the user of the process.</summary>
    public static bool IsReadable(int process)
    {
        try
        {
            using var memory = Open(process);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>How often each text is there: in UTF-8, as in a body, in UTF-16, as in a string, and escaped as JSON has it.</summary>
    public static IReadOnlyDictionary<string, int> Count(int process, IReadOnlyCollection<string> texts)
    {
        var patterns = texts.ToDictionary(text => text, PatternsOf, StringComparer.Ordinal);
        var longest = patterns.Values.SelectMany(forms => forms).Max(form => form.Length);
        var counts = texts.ToDictionary(text => text, _ => 0, StringComparer.Ordinal);
        var buffer = new byte[Piece];
        using var memory = Open(process);
        foreach (var (start, end) in Ranges(process))
        {
            for (var at = start; at < end; at += Piece - longest)
            {
                var wanted = (int)Math.Min(Piece, end - at);
                if (Read(memory, buffer.AsSpan(0, wanted), at) is not { } read)
                {
                    break;
                }

                // Most of what is set aside was never written to.
                if (buffer.AsSpan(0, read).IndexOfAnyExcept((byte)0) < 0)
                {
                    continue;
                }

                foreach (var (text, forms) in patterns)
                {
                    counts[text] += forms.Sum(form => System.MemoryExtensions.Count(buffer.AsSpan(0, read), form));
                }
            }
        }

        return counts;
    }

    private static FileStream Open(int process) =>
        new($"/proc/{process}/mem", new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0 });

    // A range may be gone between the list and the reading.
    private static int? Read(FileStream memory, Span<byte> buffer, long at)
    {
        try
        {
            return RandomAccess.Read(memory.SafeFileHandle, buffer, at) is > 0 and var read ? read : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static List<(long Start, long End)> Ranges(int process) =>
    [
        .. File.ReadLines($"/proc/{process}/maps")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts[1].StartsWith("rw", StringComparison.Ordinal))
            .Select(parts => parts[0].Split('-'))
            .Select(range => (long.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), long.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))),
    ];

    private static List<byte[]> PatternsOf(string text)
    {
        var escaped = JsonEncodedText.Encode(text).ToString();
        return [.. new[] { text, escaped, Uri.EscapeDataString(text) }.Distinct(StringComparer.Ordinal).SelectMany(form => new[] { Encoding.UTF8.GetBytes(form), Encoding.Unicode.GetBytes(form) })];
    }
}
