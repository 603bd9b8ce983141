using Portal.Benchmarks.Circuits;

namespace Portal.Tests.Benchmarks;

public sealed class PackTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        string[] texts = ["", "short", new('a', 31), new('b', 32), new('ü', 200), new('c', 70_000)];
        long[] numbers = [0, 1, 127, 128, 65_536, long.MaxValue, -1];
        var writer = new PackWriter().Array(texts.Length + numbers.Length).Boolean(true).Nil().EmptyMap();
        foreach (var text in texts)
        {
            writer.Text(text);
        }

        foreach (var number in numbers)
        {
            writer.Integer(number);
        }

        var reader = new PackReader(writer.Written.Span);
        reader.Array().ShouldBe(texts.Length + numbers.Length);
        reader.Skip();
        reader.Text().ShouldBeNull();
        reader.Skip();
        foreach (var text in texts)
        {
            reader.Text().ShouldBe(text);
        }

        foreach (var number in numbers)
        {
            reader.Integer().ShouldBe(number);
        }

        reader.IsAtEnd.ShouldBeTrue();
    }

    /// <summary>Every form of the specification that a server may choose, written out.</summary>
    [Theory]
    [InlineData("7f", 127)]
    [InlineData("e0", -32)]
    [InlineData("ccff", 255)]
    [InlineData("cd0100", 256)]
    [InlineData("ce00010000", 65_536)]
    [InlineData("cf0000000100000000", 4_294_967_296)]
    [InlineData("d0ff", -1)]
    [InlineData("d1ff00", -256)]
    [InlineData("d2ffff0000", -65_536)]
    [InlineData("d3ffffffffffffffff", -1)]
    public void A_number_is_read_in_every_form(string hex, long number)
    {
        var reader = new PackReader(Convert.FromHexString(hex));

        reader.Integer().ShouldBe(number);
        reader.IsAtEnd.ShouldBeTrue();
    }

    [Theory]
    [InlineData("9301a161c0")]
    [InlineData("dc0002c2c3")]
    [InlineData("82a16101a1629102")]
    [InlineData("c403010203")]
    [InlineData("c50001ff")]
    [InlineData("da0002c3bc")]
    [InlineData("ca3f800000")]
    [InlineData("cb3ff0000000000000")]
    public void Anything_can_be_passed_over(string hex)
    {
        var reader = new PackReader(Convert.FromHexString(hex));

        reader.Skip();

        reader.IsAtEnd.ShouldBeTrue();
    }

    [Theory]
    [InlineData("d90561")]
    [InlineData("a3")]
    [InlineData("c0")]
    public void What_is_cut_off_or_something_else_is_refused(string hex) =>
        Should.Throw<FormatException>(() => new PackReader(Convert.FromHexString(hex)).Binary().Length);

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(20_000)]
    public void Messages_one_after_the_other_are_taken_apart(int length)
    {
        var message = Enumerable.Range(0, length).Select(index => (byte)index).ToArray();
        ReadOnlySpan<byte> bytes = [.. HubFrames.Frame(message), .. HubFrames.Frame([7])];

        HubFrames.TryTake(ref bytes, out var first).ShouldBeTrue();
        first.ToArray().ShouldBe(message);
        HubFrames.TryTake(ref bytes, out var second).ShouldBeTrue();
        second.ToArray().ShouldBe([7]);
        HubFrames.TryTake(ref bytes, out _).ShouldBeFalse();
    }
}
