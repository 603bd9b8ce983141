using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>Markup in one piece, where a component for each part would cost too much. What fills a hole is encoded, always: only literals are markup.</summary>
/// <example><c>Html.Of($"&lt;td&gt;{pool.Database}&lt;/td&gt;")</c></example>
internal static class Html
{
    public static MarkupString Of(Pieces pieces) => pieces.ToMarkup();

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly struct Pieces(int literalLength, int formattedCount)
    {
        private const int UsualHole = 16;

        private readonly StringBuilder _text = new(literalLength + (formattedCount * UsualHole));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(HtmlEncoder.Default.Encode(text ?? ""));

        public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(long number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>What was made here before is not encoded a second time.</summary>
        public void AppendFormatted(MarkupString markup) => _text.Append(markup.Value);

        public MarkupString ToMarkup() => new(_text.ToString());
    }
}
