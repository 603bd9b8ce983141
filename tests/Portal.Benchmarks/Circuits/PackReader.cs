using System.Buffers.Binary;
using System.Text;

namespace Portal.Benchmarks.Circuits;

/// <summary>Reads MessagePack from its beginning to its end.</summary>
/// <seealso href="https://github.com/msgpack/msgpack/blob/master/spec.md"/>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public int Array() => Byte() switch
    {
        >= 0x90 and <= 0x9f and var code => code & 0x0f,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xdd => Length(BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
        var code => throw Unexpected(code, "an array"),
    };

    public long Integer() => Byte() switch
    {
        <= 0x7f and var code => code,
        >= 0xe0 and var code => (sbyte)code,
        0xcc => Byte(),
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf => checked((long)BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
        0xd0 => (sbyte)Byte(),
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        var code => throw Unexpected(code, "a whole number"),
    };

    public bool Boolean() => Byte() switch
    {
        0xc2 => false,
        0xc3 => true,
        var code => throw Unexpected(code, "true or false"),
    };

    /// <summary>Null for nil.</summary>
    public string? Text() => IsNil() ? null : Encoding.UTF8.GetString(TextBytes());

    /// <summary>The bytes themselves: they are gone with the message.</summary>
    public ReadOnlySpan<byte> Binary() => Byte() switch
    {
        0xc4 => Take(Byte()),
        0xc5 => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xc6 => Take(Length(BinaryPrimitives.ReadUInt32BigEndian(Take(4)))),
        var code => throw Unexpected(code, "bytes"),
    };

    /// <summary>Passes over one value, whatever it is.</summary>
    public void Skip()
    {
        switch (Byte())
        {
            case <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3:
                break;
            case >= 0x80 and <= 0x8f and var code:
                SkipMany(2 * (code & 0x0f));
                break;
            case >= 0x90 and <= 0x9f and var code:
                SkipMany(code & 0x0f);
                break;
            case >= 0xa0 and <= 0xbf and var code:
                Take(code & 0x1f);
                break;
            case 0xc4 or 0xd9:
                Take(Byte());
                break;
            case 0xc5 or 0xda:
                Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                break;
            case 0xc6 or 0xdb:
                Take(Length(BinaryPrimitives.ReadUInt32BigEndian(Take(4))));
                break;
            case 0xcc or 0xd0:
                Take(1);
                break;
            case 0xcd or 0xd1:
                Take(2);
                break;
            case 0xce or 0xd2 or 0xca:
                Take(4);
                break;
            case 0xcf or 0xd3 or 0xcb:
                Take(8);
                break;
            case 0xdc:
                SkipMany(BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                break;
            case 0xde:
                SkipMany(2 * BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                break;
            case var code:
                throw Unexpected(code, "anything that a circuit sends");
        }
    }

    private readonly bool IsNext(byte code) => !_rest.IsEmpty && _rest[0] == code;

    private bool IsNil()
    {
        var isNil = IsNext(0xc0);
        if (isNil)
        {
            Take(1);
        }

        return isNil;
    }

    private ReadOnlySpan<byte> TextBytes() => Byte() switch
    {
        >= 0xa0 and <= 0xbf and var code => Take(code & 0x1f),
        0xd9 => Take(Byte()),
        0xda => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xdb => Take(Length(BinaryPrimitives.ReadUInt32BigEndian(Take(4)))),
        var code => throw Unexpected(code, "a text"),
    };

    private void SkipMany(int count)
    {
        for (; count > 0; count--)
        {
            Skip();
        }
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException($"The message ends {count - _rest.Length} bytes too early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private static int Length(uint length) => length <= int.MaxValue ? (int)length : throw new FormatException("A length beyond two gigabytes.");

    private static FormatException Unexpected(byte code, string wanted) => new($"0x{code:x2} is not {wanted}.");
}
