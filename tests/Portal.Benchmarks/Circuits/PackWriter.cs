using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Portal.Benchmarks.Circuits;

/// <summary>Writes the part of MessagePack that a circuit's client needs.</summary>
/// <seealso href="https://github.com/msgpack/msgpack/blob/master/spec.md"/>
internal sealed class PackWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public PackWriter Array(int count)
    {
        if (count < 16)
        {
            Byte(0x90 | count);
        }
        else
        {
            Byte(0xdc);
            BinaryPrimitives.WriteUInt16BigEndian(Take(2), checked((ushort)count));
        }

        return this;
    }

    /// <summary>A map without anything in it: headers that nobody sends.</summary>
    public PackWriter EmptyMap() => Byte(0x80);

    public PackWriter Nil() => Byte(0xc0);

    public PackWriter Boolean(bool value) => Byte(value ? 0xc3 : 0xc2);

    public PackWriter Integer(long value)
    {
        if (value is >= 0 and < 128)
        {
            return Byte((int)value);
        }

        Byte(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(Take(8), value);
        return this;
    }

    public PackWriter Text(string? value)
    {
        if (value is null)
        {
            return Nil();
        }

        var length = Encoding.UTF8.GetByteCount(value);
        switch (length)
        {
            case < 32:
                Byte(0xa0 | length);
                break;
            case <= ushort.MaxValue:
                Byte(0xda);
                BinaryPrimitives.WriteUInt16BigEndian(Take(2), (ushort)length);
                break;
            default:
                Byte(0xdb);
                BinaryPrimitives.WriteUInt32BigEndian(Take(4), (uint)length);
                break;
        }

        Encoding.UTF8.GetBytes(value, Take(length));
        return this;
    }

    private PackWriter Byte(int value)
    {
        Take(1)[0] = (byte)value;
        return this;
    }

    // Of the buffer's next bytes, which count as written from now on.
    private Span<byte> Take(int count)
    {
        var span = _buffer.GetSpan(count)[..count];
        _buffer.Advance(count);
        return span;
    }
}
