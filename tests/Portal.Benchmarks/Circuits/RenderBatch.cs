using System.Buffers.Binary;
using System.Text;

namespace Portal.Benchmarks.Circuits;

/// <summary>A batch of drawings as a circuit sends it: read as far as it takes to find something to click on.</summary>
/// <remarks>
/// At its end are five places: of the edits, of the frames they point to, of components and event handlers that are gone, and of the texts. A frame
/// is a kind and sixteen bytes; a text a place in the list of texts, behind its length in seven bits a byte.
/// </remarks>
/// <seealso href="https://github.com/dotnet/aspnetcore/blob/v10.0.0/src/Components/Shared/src/RenderBatchWriter.cs"/>
internal readonly ref struct RenderBatch
{
    private const int Places = 5;
    private const int FrameBytes = 20;
    private const int TextFrame = 2;
    private const int AttributeFrame = 3;
    private const int MarkupFrame = 8;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _frames;
    private readonly int _texts;

    public RenderBatch(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Places * sizeof(int))
        {
            throw new FormatException("A batch is too short.");
        }

        _bytes = bytes;
        _frames = Number(bytes.Length - 16);
        _texts = Number(bytes.Length - 4);
    }

    /// <summary>The handler of an event that was drawn last; 0 without one.</summary>
    /// <param name="attribute">As <c>onclick</c>.</param>
    /// <param name="label">The text that comes after it, as on a button; null for any.</param>
    public ulong FindHandler(string attribute, string? label = null)
    {
        var (found, nearest) = (0UL, 0UL);
        var count = Number(_frames);
        for (var index = 0; index < count; index++)
        {
            var frame = _frames + sizeof(int) + (index * FrameBytes);
            switch (Number(frame))
            {
                case AttributeFrame when Handler(frame) is > 0 and var handler && IsText(Number(frame + 4), attribute):
                    nearest = handler;
                    found = label is null ? handler : found;
                    break;
                case TextFrame or MarkupFrame when label is not null && nearest > 0 && IsText(Number(frame + 4), label):
                    found = nearest;
                    break;
                default:
                    break;
            }
        }

        return found;
    }

    /// <summary>Whether a text is anywhere in it.</summary>
    public bool Contains(string text) => _bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private ulong Handler(int frame) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.Slice(frame + 12, sizeof(ulong)));

    private bool IsText(int index, string text)
    {
        if (index < 0)
        {
            return false;
        }

        var at = Number(_texts + (index * sizeof(int)));
        var (length, shift) = (0, 0);
        byte next;
        do
        {
            next = _bytes[at++];
            length |= (next & 0x7f) << shift;
            shift += 7;
        }
        while (next >= 0x80 && shift < 35);

        Span<byte> wanted = stackalloc byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var trimmed = _bytes.Slice(at, length).Trim(" \r\n\t"u8);
        return trimmed.SequenceEqual(wanted[..Encoding.UTF8.GetBytes(text, wanted)]);
    }

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.Slice(at, sizeof(int)));
}
