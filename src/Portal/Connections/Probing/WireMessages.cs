using System.Buffers.Binary;
using System.Text;

namespace Portal.Connections.Probing;

/// <summary>The few messages of PostgreSQL's protocol that PgBouncer's console is asked with.</summary>
/// <seealso href="https://www.postgresql.org/docs/17/protocol-message-formats.html"/>
internal static class WireMessages
{
    public const int SignedIn = 0;
    public const int Sasl = 10;
    public const int SaslContinue = 11;
    public const int SaslFinal = 12;

    private const int TlsRequest = 80877103;
    private const int Protocol3 = 196608;

    // A row of SHOW POOLS has some hundred bytes.
    private const int LongestMessage = 64 * 1024;

    public static async Task<bool> AskForTlsAsync(Stream stream, CancellationToken cancellationToken)
    {
        var request = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(request, request.Length);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(4), TlsRequest);
        await stream.WriteAsync(request, cancellationToken);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return answer[0] == 'S';
    }

    public static async Task StartAsync(Stream stream, string user, string database, CancellationToken cancellationToken)
    {
        var parameters = Encoding.UTF8.GetBytes($"user\0{user}\0database\0{database}\0application_name\0pool-portal\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), Protocol3);
        parameters.CopyTo(message, 8);
        await stream.WriteAsync(message, cancellationToken);
    }

    public static async Task SendAsync(Stream stream, char type, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var message = new byte[5 + content.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + content.Length);
        content.CopyTo(message.AsMemory(5));
        await stream.WriteAsync(message, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <param name="mechanism">With the first message; null with the others.</param>
    public static Task SendSaslAsync(Stream stream, string? mechanism, string text, CancellationToken cancellationToken)
    {
        var words = Encoding.UTF8.GetBytes(text);
        if (mechanism is null)
        {
            return SendAsync(stream, 'p', words, cancellationToken);
        }

        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, words.Length);
        return SendAsync(stream, 'p', (byte[])[.. Encoding.UTF8.GetBytes($"{mechanism}\0"), .. length, .. words], cancellationToken);
    }

    /// <exception cref="InvalidDataException">It is not a message of this protocol.</exception>
    public static async Task<(char Type, byte[] Content)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[5];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1));
        if (length is < 4 or > LongestMessage || (head[0] == 'R' && length < 8))
        {
            throw new InvalidDataException($"A message of {length} bytes.");
        }

        var content = new byte[length - 4];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return ((char)head[0], content);
    }

    public static int Number(ReadOnlySpan<byte> content, int at) => BinaryPrimitives.ReadInt32BigEndian(content[at..]);

    /// <summary>The names in a description of rows.</summary>
    public static List<string> Columns(byte[] content) => Cells(content, static rest =>
    {
        const int AfterName = 18; // table, column, type, size, modifier, format
        var end = rest.IndexOf((byte)0);
        return end < 0 ? throw new InvalidDataException("A name without an end.") : (Encoding.UTF8.GetString(rest[..end]), end + 1 + AfterName);
    });

    /// <summary>The values of a row, as text; a null is empty.</summary>
    public static List<string> Row(byte[] content) => Cells(content, static rest =>
    {
        var length = Math.Max(0, Number(rest, 0));
        return (Encoding.UTF8.GetString(rest.Slice(4, length)), 4 + length);
    });

    private static List<string> Cells(ReadOnlySpan<byte> content, CellReader read)
    {
        try
        {
            List<string> cells = [];
            var count = BinaryPrimitives.ReadInt16BigEndian(content);
            for (content = content[2..]; cells.Count < count;)
            {
                var (text, length) = read(content);
                cells.Add(text);
                content = content[length..];
            }

            return cells;
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException("A message that ends too early.", exception);
        }
    }

    private delegate (string Text, int Length) CellReader(ReadOnlySpan<byte> rest);
}
