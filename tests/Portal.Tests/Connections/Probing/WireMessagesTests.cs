using System.Text;
using Portal.Connections.Probing;

namespace Portal.Tests.Connections.Probing;

public sealed class WireMessagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_can_be_read()
    {
        using var stream = new MemoryStream();
        await WireMessages.SendAsync(stream, 'Q', "SHOW POOLS\0"u8.ToArray(), Token);
        stream.Position = 0;

        var (type, content) = await WireMessages.ReadAsync(stream, Token);

        (type, Encoding.UTF8.GetString(content)).ShouldBe(('Q', "SHOW POOLS\0"));
    }

    [Fact]
    public void Rows_are_text_and_a_null_is_empty()
    {
        WireMessages.Row([0, 2, 0, 0, 0, 2, (byte)'4', (byte)'2', 0xFF, 0xFF, 0xFF, 0xFF]).ShouldBe(["42", ""]);
        WireMessages.Columns([0, 1, .. "database\0"u8, .. new byte[18]]).ShouldBe(["database"]);
        WireMessages.Row([0, 0]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 1 })]
    [InlineData(new byte[] { 0, 1, 0, 0, 0, 9, 1 })]
    [InlineData(new byte[] { 0, 1, 0x7F, 0xFF, 0xFF, 0xFF })]
    public void A_message_that_ends_too_early_is_not_understood(byte[] content)
    {
        Should.Throw<InvalidDataException>(() => WireMessages.Row(content));
        Should.Throw<InvalidDataException>(() => WireMessages.Columns(content));
    }

    [Theory]
    [InlineData('D', 3)]
    [InlineData('D', 64 * 1024 + 1)]
    [InlineData('D', -1)]
    [InlineData('R', 4)] // says nothing of what is asked for
    public async Task A_length_that_cannot_be_is_not_read(char type, int length)
    {
        var head = BitConverter.GetBytes(length);
        Array.Reverse(head);
        using var stream = new MemoryStream([(byte)type, .. head, .. new byte[16]]);

        await Should.ThrowAsync<InvalidDataException>(() => WireMessages.ReadAsync(stream, Token));
    }
}
