namespace Portal.Benchmarks.Circuits;

/// <summary>Messages of the hub one after the other, each behind its length: seven bits a byte, the lowest first.</summary>
/// <seealso href="https://github.com/dotnet/aspnetcore/blob/v10.0.0/src/SignalR/docs/specs/TransportProtocols.md"/>
internal static class HubFrames
{
    private const int LongestLength = 5;

    /// <summary>Takes the next message off the front.</summary>
    /// <returns>False when nothing is left.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var (length, shift) = (0, 0);
        for (var index = 0; index < Math.Min(LongestLength, bytes.Length); index++)
        {
            length |= (bytes[index] & 0x7f) << shift;
            shift += 7;
            if (bytes[index] < 0x80)
            {
                if (length < 0 || length > bytes.Length - index - 1)
                {
                    break;
                }

                message = bytes.Slice(index + 1, length);
                bytes = bytes[(index + 1 + length)..];
                return true;
            }
        }

        throw new FormatException("A message of the hub is cut off.");
    }

    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        Span<byte> length = stackalloc byte[LongestLength];
        var count = 0;
        for (var rest = message.Length; count == 0 || rest > 0; rest >>= 7)
        {
            length[count++] = (byte)((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
        }

        return [.. length[..count], .. message];
    }
}
