using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Portal.Testing;

namespace Portal.Tests.Hostile;

/// <summary>Texts as nobody means well with: every category of Unicode, halves of surrogate pairs, markup, formulas, mentions, commands, lengths.</summary>
internal static class HostileText
{
    private static readonly string[] Letters = [.. Enum.GetValues<UnicodeCategory>().SelectMany(OfCategory)];

    /// <summary>Pieces of the corpus and letters of every category, strung together; now and then very long.</summary>
    public static Arbitrary<string> Any { get; } = Arb.From(
        Gen.Frequency(
            (6, Gen.Elements(HostileTexts.All.AsEnumerable())),
            (6, Pieces(Gen.Elements(Letters.AsEnumerable()))),
            (4, Pieces(Gen.Elements(HostileTexts.All.AsEnumerable()))),
            (1, Gen.Elements(HostileTexts.All.AsEnumerable()).SelectMany(piece => Gen.Choose(1, 4000).Select(times => string.Concat(Enumerable.Repeat(piece, times)))))),
        Shrink);

    /// <summary>Tries a property with so many texts. Seeded, so that a run says the same as the one before; POOL_PORTAL_SEED tries others.</summary>
    public static void Hold(Action<string> property, int times = 2000)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("POOL_PORTAL_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 20261125;
        foreach (var text in HostileTexts.All)
        {
            property(text);
        }

        Prop.ForAll(Any, property).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(seed, 1));
    }

    private static Gen<string> Pieces(Gen<string> piece) => Gen.Choose(1, 12).SelectMany(count => piece.ArrayOf(count)).Select(string.Concat);

    private static IEnumerable<string> Shrink(string text) =>
        text.Length == 0 ? [] : [text[..(text.Length / 2)], text[(text.Length / 2)..], text[1..], text[..^1]];

    /// <summary>A few letters of a category, the first and the last among them.</summary>
    private static IEnumerable<string> OfCategory(UnicodeCategory category)
    {
        var all = Enumerable.Range(0, 0x10000).Where(code => CharUnicodeInfo.GetUnicodeCategory((char)code) == category).Select(code => ((char)code).ToString()).ToList();
        return all.Count < 3 ? all : [all[0], all[all.Count / 3], all[all.Count * 2 / 3], all[^1]];
    }
}
