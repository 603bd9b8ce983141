namespace Portal.Testing;

/// <summary>Texts that nobody types who means well.</summary>
internal static class HostileTexts
{
    /// <summary>The marker that must never arrive as markup.</summary>
    public const string Markup = "<b id=pg-markup>";

    /// <summary>What has broken something somewhere before, one of each kind.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "", " ", "2147483647", "9223372036854775807", "99999999999999999999", "00000000-0000-0000-0000-000000000000", "\0", "\u200b", "\ufeff", "\u202eevil", "\u2066x\u2069", "a\u0301\u0301\u0301", "\ud800", "\udc00x", "x\ud83d", "\U0001F4A9", "ﷺ", "ﬁle", "Ａdmin", "аdmin",
        "İstanbul", "ß", "ı", "\u2028\u2029", "\r\nSet-Cookie: a=b", "%0d%0aX: y", "%00", "..%2f..%2f", "../../etc/passwd", "C:\\x", "nul", "-1", "1e999", "0x10", "NaN", "٣", "９",
        Markup, "\"><img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</title><svg onload=1>", "&lt;b&gt;", "javascript:alert(1)", "{{7*7}}", "${7*7}", "@(1+1)", "<!--", "]]>",
        "' OR 1=1 --", "'; DROP TABLE audit; --", "\\'; --", "%' ESCAPE '", "_%_", "$$", "\\0",
        "=HYPERLINK(\"http://x\",\"y\")", "+1+1", "-2+3", "@SUM(1)", "\t=1", "=cmd|' /C calc'!A0", "＝1+1", "\u00a0=1", "\u3000=1", "\ufeff=1", "\u200b=1",
        "<!channel>", "<@U123>", "<http://evil.example|Open>", "@everyone", "[x](http://evil.example)", "http://evil.example",
        "{\"a\":", "[[[[[[[[[[", "null", "true", "[]", "{}", "\"", "\\u0000",
        "dop_v1_not-a-token", "postgres://u:p@h:1/d", "$(reboot)", "`reboot`", ";reboot", "|reboot", "%s%s%n", "AAAA%p",
    ];
}
