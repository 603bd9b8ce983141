using System.Buffers.Binary;
using System.Text;
using Portal.Benchmarks.Circuits;

namespace Portal.Tests.Benchmarks;

public sealed class RenderBatchTests
{
    private const int Element = 1;
    private const int Text = 2;
    private const int Attribute = 3;

    /// <summary>A link that nothing listens to, and two buttons.</summary>
    private static readonly byte[] Buttons = Batch(
        (Element, "a", null, 0),
        (Attribute, "href", "/", 0),
        (Element, "button", null, 0),
        (Attribute, "onclick", null, 11),
        (Text, "\n  Approve\n", null, 0),
        (Element, "button", null, 0),
        (Attribute, "onclick", null, 12),
        (Attribute, "class", "onclick", 0),
        (Text, "Decline", null, 0));

    [Theory]
    [InlineData("onclick", "Approve", 11)]
    [InlineData("onclick", "Decline", 12)]
    [InlineData("onclick", null, 12)]
    [InlineData("onclick", "Withdraw", 0)]
    [InlineData("ontoggle", null, 0)]
    public void A_handler_is_found_by_its_event_and_the_text_behind_it(string attribute, string? label, ulong handler) =>
        new RenderBatch(Buttons).FindHandler(attribute, label).ShouldBe(handler);

    [Fact]
    public void A_text_is_found_wherever_it_is()
    {
        new RenderBatch(Buttons).Contains("Decline").ShouldBeTrue();
        new RenderBatch(Buttons).Contains("Declined").ShouldBeFalse();
    }

    /// <summary>Frames without edits, as the server writes them: both are lists behind their count, and the places of all parts come last.</summary>
    private static byte[] Batch(params (int Kind, string First, string? Second, ulong Handler)[] frames)
    {
        var bytes = new List<byte>();
        var texts = new List<string>();
        Number(0);
        var framesAt = bytes.Count;
        Number(frames.Length);
        foreach (var (kind, first, second, handler) in frames)
        {
            Number(kind);
            Number(IndexOf(first));
            Number(second is null ? -1 : IndexOf(second));
            var eight = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(eight, handler);
            bytes.AddRange(eight);
        }

        var goneAt = bytes.Count;
        Number(0);
        var places = new List<int>();
        foreach (var text in texts)
        {
            places.Add(bytes.Count);
            var encoded = Encoding.UTF8.GetBytes(text);
            bytes.Add((byte)encoded.Length);
            bytes.AddRange(encoded);
        }

        var textsAt = bytes.Count;
        places.ForEach(Number);
        foreach (var at in new[] { 0, framesAt, goneAt, goneAt, textsAt })
        {
            Number(at);
        }

        return [.. bytes];

        int IndexOf(string text)
        {
            texts.Add(text);
            return texts.Count - 1;
        }

        void Number(int number)
        {
            var four = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(four, number);
            bytes.AddRange(four);
        }
    }
}
