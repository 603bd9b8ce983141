using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>What stands in the place of the password, so that one way of writing a format makes the masked, the empty and the real text.</summary>
internal abstract class PasswordText
{
    /// <summary>What stands where a person puts the password in: letters alone, so that no escaping changes them.</summary>
    public const string PlaceholderWord = "PASSWORD";

    // A private-use character of the Basic Multilingual Plane: no host, name or syntax of a format has it.
    private const char Mask = '\uE000';

    /// <summary>The word <c>PASSWORD</c>, for texts that are passed around.</summary>
    public static readonly PasswordText Placeholder = new Word(PlaceholderWord);

    /// <summary>A place that a page draws as dots: see <see cref="SplitAtMasks"/>.</summary>
    public static readonly PasswordText Masked = new Word(Mask.ToString());

    private PasswordText()
    {
    }

    public static PasswordText Real(Secret password) => new Known(password);

    /// <summary>The password as it is written in an escaping; escapings may be put into each other by the caller.</summary>
    public abstract string In(Func<string, string> escape);

    /// <summary>The pieces of a masked text; between each two of them is a password that is not shown.</summary>
    public static IReadOnlyList<string> SplitAtMasks(string masked) => masked.Split(Mask);

    private sealed class Known(Secret password) : PasswordText
    {
        public override string In(Func<string, string> escape) => escape(password.Reveal());
    }

    // The escaping still adds its quotes; the word in them is put there afterwards, so that a mask is not escaped itself.
    private sealed class Word(string word) : PasswordText
    {
        public override string In(Func<string, string> escape) => escape(PlaceholderWord).Replace(PlaceholderWord, word, StringComparison.Ordinal);
    }
}
