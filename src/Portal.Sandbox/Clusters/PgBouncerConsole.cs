using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Portal.Sandbox.Clusters;

/// <summary>PgBouncer's administration console over its Unix socket.</summary>
/// <remarks>
/// The console speaks the simple query protocol only, which Npgsql does not use, so this speaks it itself: no password (the socket's folder
/// is the door), one command, its rows as text. https://www.postgresql.org/docs/current/protocol-flow.html, https://www.pgbouncer.org/usage.html#admin-console
/// </remarks>
internal static class PgBouncerConsole
{
    private const int ProtocolVersion3 = 196608;

    /// <summary>Runs one command; the first row of the answer is the names of its columns.</summary>
    /// <exception cref="InvalidOperationException">PgBouncer refused; the message is its own.</exception>
    /// <exception cref="IOException">It ended in the middle.</exception>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> RunAsync(string socketPath, string command, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        await using var stream = new NetworkStream(socket);

        await stream.WriteAsync(Startup(), cancellationToken);
        await ReadUntilReadyAsync(stream, cancellationToken);
        await stream.WriteAsync(Message('Q', Encoding.UTF8.GetBytes(command + "\0")), cancellationToken);
        var rows = await ReadUntilReadyAsync(stream, cancellationToken);
        await stream.WriteAsync(Message('X', []), cancellationToken);
        return rows;
    }

    private static byte[] Startup()
    {
        var parameters = Encoding.UTF8.GetBytes($"user\0{PgBouncerConfiguration.Administrator}\0database\0pgbouncer\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion3);
        parameters.CopyTo(message, 8);
        return message;
    }

    private static byte[] Message(char type, byte[] content)
    {
        var message = new byte[5 + content.Length];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + content.Length);
        content.CopyTo(message, 5);
        return message;
    }

    private static async Task<List<IReadOnlyList<string>>> ReadUntilReadyAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        List<IReadOnlyList<string>> rows = [];
        string? refusal = null;
        var header = new byte[5];
        while (true)
        {
            try
            {
                await stream.ReadExactlyAsync(header, cancellationToken);
            }
            catch (EndOfStreamException exception)
            {
                throw refusal is null ? new IOException("PgBouncer closed its console.", exception) : new InvalidOperationException(refusal, exception);
            }

            var content = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
            await stream.ReadExactlyAsync(content, cancellationToken);
            switch ((char)header[0])
            {
                case 'T':
                    rows.Add(ReadColumns(content));
                    break;
                case 'D':
                    rows.Add(ReadRow(content));
                    break;
                case 'E':
                    refusal = ReadError(content);
                    break;
                case 'Z':
                    return refusal is null ? rows : throw new InvalidOperationException(refusal);
                default:
                    break;
            }
        }
    }

    private static List<string> ReadColumns(ReadOnlySpan<byte> content)
    {
        const int AfterName = 18; // table, column, type, size, modifier, format
        List<string> names = [];
        var count = BinaryPrimitives.ReadInt16BigEndian(content);
        content = content[2..];
        for (var column = 0; column < count; column++)
        {
            var end = content.IndexOf((byte)0);
            names.Add(Encoding.UTF8.GetString(content[..end]));
            content = content[(end + 1 + AfterName)..];
        }

        return names;
    }

    private static List<string> ReadRow(ReadOnlySpan<byte> content)
    {
        List<string> values = [];
        var count = BinaryPrimitives.ReadInt16BigEndian(content);
        content = content[2..];
        for (var column = 0; column < count; column++)
        {
            var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(content)); // -1 is a null
            values.Add(Encoding.UTF8.GetString(content.Slice(4, length)));
            content = content[(4 + length)..];
        }

        return values;
    }

    /// <summary>The field M of an error: fields are a letter and a text that ends in a zero.</summary>
    private static string ReadError(byte[] content) => Encoding.UTF8.GetString(content)
        .Split('\0')
        .Where(field => field.StartsWith('M'))
        .Select(field => field[1..])
        .FirstOrDefault("unknown error");
}
