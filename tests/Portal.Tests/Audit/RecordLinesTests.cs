using System.Buffers;
using System.Text;
using Portal.Audit;
using Portal.Testing;

namespace Portal.Tests.Audit;

public sealed class RecordLinesTests
{
    [Fact]
    public void Rows_are_read_as_they_were_written()
    {
        foreach (var row in SomeRecord.Chain(50))
        {
            var buffer = new ArrayBufferWriter<byte>();
            RecordLines.Write(buffer, row);

            var read = RecordLines.Read(buffer.WrittenSpan).ShouldBeOfType<AuditRow>();

            AuditChain.Holds(read).ShouldBeTrue();
            read.Hash.ShouldBe(row.Hash);
        }
    }

    [Fact]
    public void The_time_of_a_row_is_utc_wherever_it_was_written()
    {
        var buffer = new ArrayBufferWriter<byte>();

        RecordLines.Write(buffer, SomeRecord.Chain(1)[0] with { At = new DateTimeOffset(2026, 11, 25, 1, 2, 3, TimeSpan.FromHours(2)) });

        Encoding.UTF8.GetString(buffer.WrittenSpan).ShouldContain("\"at\":\"2026-11-24T23:02:03.000000Z\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("[]")]
    [InlineData("""{"seq":1}""")]
    [InlineData("""{"seq":1,"seq":2}""")]
    [InlineData("""{"other":1}""")]
    [InlineData("""{"seq":"one"}""")]
    [InlineData("""{"checkpoint":1,"at":"yesterday"}""")]
    public void What_is_no_line_of_an_export_is_none(string line) => RecordLines.Read(Encoding.UTF8.GetBytes(line)).ShouldBeNull();

    [Fact]
    public void A_head_is_read_as_it_was_written_and_other_lines_are_none()
    {
        var head = new RecordHead(7, SomeRecord.Chain(1)[0].Hash, new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

        var read = RecordHead.Read(Encoding.UTF8.GetString(head.ToLine()))!;

        (read.Sequence, read.At).ShouldBe((head.Sequence, head.At));
        read.Hash.ShouldBe(head.Hash);
        foreach (var line in new[] { "", "info: started", """{"seq":7,"hash":"00"}""", """{"seq":7,"hash":"zz","at":"2026-11-25T12:00:00Z"}""", """{"seq":"7"}""" })
        {
            RecordHead.Read(line).ShouldBeNull(line);
        }
    }

    [Fact]
    public void A_key_that_is_none_is_not_read()
    {
        using var key = SomeRecord.NewKey();

        RecordKey.TryRead(key.Public.Pem).ShouldNotBeNull();
        RecordKey.TryRead("no key").ShouldBeNull();
        SigningKey.TryRead(key.Public.Pem).ShouldBeNull("a public key signs nothing");
        SigningKey.TryRead("").ShouldBeNull();
    }
}
