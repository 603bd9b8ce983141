using System.Text.RegularExpressions;

namespace Portal.Tests.Conventions;

/// <summary>Ways that are never taken, because there is a safe one.</summary>
public sealed partial class SafeWaysTests
{
    private static IEnumerable<SourceFile> Shipped => Repository.Code("src/Portal", "src/Portal.DigitalOcean");

    /// <summary>Markup, style sheets and scripts: what a browser reads.</summary>
    private static IEnumerable<SourceFile> Drawn => Repository.Files.Where(file =>
        file.Path.StartsWith("wwwroot/", StringComparison.Ordinal) || (file.IsRazor && file.Path.StartsWith("src/Portal/", StringComparison.Ordinal)));

    /// <remarks><see cref="Portal.Controls.Html"/> encodes all that is not a literal, and is the only one that makes markup of text.</remarks>
    [Fact]
    public void Text_is_never_taken_for_markup_or_script()
    {
        var places = Shipped.Concat(Drawn).SelectMany(file => file.Places(Markup())).ToList();

        places.ShouldNotBeEmpty();
        places.ShouldAllBe(place => place.StartsWith("src/Portal/Controls/Html.cs:", StringComparison.Ordinal) || place.StartsWith("src/Portal/Pools/Overview/PoolRows.cs:", StringComparison.Ordinal));
        var rows = Shipped.Single(file => file.Path == "src/Portal/Pools/Overview/PoolRows.cs");
        rows.Places(MadeMarkup()).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_a_page_is_made_of_comes_from_another_host()
    {
        Drawn.Count().ShouldBeGreaterThan(50);

        Drawn.SelectMany(file => file.Places(Elsewhere(), withoutWords: false)).ShouldBeEmpty();
    }

    [Fact]
    public void A_browser_keeps_the_theme_and_nothing_else()
    {
        var kept = Shipped.Concat(Drawn).SelectMany(file => file.Places(Keeping())).ToList();

        kept.ShouldNotBeEmpty();
        kept.ShouldAllBe(place => place.StartsWith("wwwroot/js/frame.js:", StringComparison.Ordinal));
        Repository.Files.Single(file => file.Path == "wwwroot/js/frame.js").Text.ShouldContain("const key = 'pool-portal.theme';");
        kept.ShouldAllBe(place => KeepingTheme().IsMatch(place));
    }

    [Fact]
    public void No_client_follows_a_redirect_or_is_made_in_passing()
    {
        Shipped.SelectMany(file => file.Places(ClientInPassing())).ShouldBeEmpty();

        var handlers = Shipped.Where(file => NewHandler().IsMatch(file.Text)).ToList();
        handlers.Count.ShouldBeGreaterThanOrEqualTo(4);
        handlers.Where(file => NewHandler().Count(file.Text) != NoRedirect().Count(file.Text)).ShouldBeEmpty();
        Shipped.Sum(file => NamedClient().Count(file.Text)).ShouldBe(Shipped.Sum(file => OwnHandler().Count(file.Text)));
    }

    [Fact]
    public void Every_server_shows_a_certificate_and_the_system_chooses_the_version_of_tls() =>
        Shipped.SelectMany(file => file.Places(Unverified())).ShouldBeEmpty();

    [Fact]
    public void Nothing_weak_or_guessable_is_used() =>
        Shipped.SelectMany(file => file.Places(Weak())).ShouldBeEmpty();

    /// <remarks>Scheme, host and path that people see are a setting, <c>Access:PublicUrl</c>; nobody's address decides anything.</remarks>
    [Fact]
    public void The_headers_that_a_proxy_adds_say_from_where_somebody_comes_and_nothing_else()
    {
        var places = Shipped.SelectMany(file => file.Places(Forwarded())).ToList();

        places.ShouldNotBeEmpty();
        places.Where(place => !place.StartsWith("src/Portal/Access/AccessRoom.cs:", StringComparison.Ordinal) && !place.StartsWith("src/Portal/Access/Door/WhoIsThere.cs:", StringComparison.Ordinal)).ShouldBeEmpty();
        Shipped.SelectMany(file => file.Places(OtherHeaders())).ShouldBeEmpty();
        Shipped.SelectMany(file => file.Places(ByName(), withoutWords: false)).ShouldBeEmpty();
    }

    /// <remarks>The portal may lie below a path of its host. <c>pools/new</c> is below the base of the page, <c>~/pools/new</c> below that of a redirect; <c>/pools/new</c> is somebody else's.</remarks>
    [Fact]
    public void An_address_begins_where_the_portal_does()
    {
        Shipped.Concat(Drawn).SelectMany(file => file.Places(FromTheTop(), withoutWords: false)).ShouldBeEmpty();

        foreach (var wrong in new[]
        {
            "<a href=\"/pools/new\">", "<a href=\"@($\"/changes/{id}\")\">", "<form action='/sign-out'>", "<img src=\"/icon.svg\" />", "url(/icon.svg)",
            "Navigation.NavigateTo($\"/changes/{id}\")", "LocalRedirect(\"/signed-out\")", "Response.Redirect(\"/\")", "fetch('/_blazor/room')", "link.href = `/sign-in`",
        })
        {
            FromTheTop().IsMatch(wrong).ShouldBeTrue(wrong);
        }

        foreach (var right in new[] { "<a href=\"pools/new\">", "<a href=\"./\">", "href=\"@($\"{address}/edit\")\"", "LocalRedirect(\"~/signed-out\")", "fetch('_blazor/room')", "@page \"/pools/new\"" })
        {
            FromTheTop().IsMatch(right).ShouldBeFalse(right);
        }
    }

    [Fact]
    public void Only_files_that_the_build_has_listed_are_served() =>
        Shipped.SelectMany(file => file.Places(FromFolder())).ShouldBeEmpty();

    [Fact]
    public void An_image_is_built_without_the_history_of_the_source()
    {
        var ignored = Repository.Files.Single(file => file.Path == ".dockerignore").Lines.Where(line => !line.StartsWith('#')).ToList();

        ignored[0].ShouldBe("*");
        ignored.ShouldAllBe(line => !line.Contains(".git", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bMarkupString\b|\bAddMarkupContent\b|\.(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|srcdoc|setHTMLUnsafe)\b|\bdocument\.write|(?<![\w.])eval\(|\bnew Function\(", RegexOptions.None, 10_000)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\bnew\s*(?:MarkupString\s*)?\(\s*[""$@\w]+\s*\)|\(MarkupString\)|\bAddMarkupContent\b", RegexOptions.None, 10_000)]
    private static partial Regex MadeMarkup();

    [GeneratedRegex(@"\b(?:src|href|action|poster|data)\s*=\s*[""']?(?:https?:)?//|\burl\(\s*[""']?(?:https?:)?//|@import\b|\b(?:from|import|fetch|import\()\s*\(?[""'`](?:https?:)?//", RegexOptions.None, 10_000)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\b(?:localStorage|sessionStorage|indexedDB|ProtectedLocalStorage|ProtectedSessionStorage)\b|\bdocument\.cookie\b|\bcaches\.open\b|\[PersistentState\]", RegexOptions.None, 10_000)]
    private static partial Regex Keeping();

    [GeneratedRegex(@"\blocalStorage\.(?:get|set|remove)Item\(key\b", RegexOptions.None, 10_000)]
    private static partial Regex KeepingTheme();

    [GeneratedRegex(@"\bnew HttpClient\(\)|\bHttpClientHandler\b|\bnew WebClient\b|\bWebRequest\.|\bAllowAutoRedirect = true\b", RegexOptions.None, 10_000)]
    private static partial Regex ClientInPassing();

    [GeneratedRegex(@"\bnew SocketsHttpHandler\b|\bSocketsHttpHandler \w+\([^)]*\) => new\(\)", RegexOptions.None, 10_000)]
    private static partial Regex NewHandler();

    [GeneratedRegex(@"\bAllowAutoRedirect = false\b", RegexOptions.None, 10_000)]
    private static partial Regex NoRedirect();

    [GeneratedRegex(@"\.AddHttpClient\(", RegexOptions.None, 10_000)]
    private static partial Regex NamedClient();

    [GeneratedRegex(@"\.ConfigurePrimaryHttpMessageHandler\(", RegexOptions.None, 10_000)]
    private static partial Regex OwnHandler();

    [GeneratedRegex(@"\b(?:ServerCertificateCustomValidationCallback|DangerousAcceptAnyServerCertificateValidator|RemoteCertificateValidationCallback|X509VerificationFlags|SslProtocols|EncryptionPolicy)\b|\bTrustServerCertificate = true\b|\bSslMode\.(?!VerifyFull\b)\w+", RegexOptions.None, 10_000)]
    private static partial Regex Unverified();

    [GeneratedRegex(@"\b(?:MD5|SHA1|HMACMD5|HMACSHA1|DES|TripleDES|RC2|CipherMode|RSACryptoServiceProvider|RSAEncryptionPadding|UseCryptographicAlgorithms|UseCustomCryptographicAlgorithms)\b|\bAes\.Create\b|\bnew Random\(|\bRandom\.Shared\b", RegexOptions.None, 10_000)]
    private static partial Regex Weak();

    [GeneratedRegex(@"\bUseForwardedHeaders\b|\bForwardedHeaders(?:Options)?\b|\bRemoteIpAddress\b", RegexOptions.None, 10_000)]
    private static partial Regex Forwarded();

    [GeneratedRegex(@"\bForwardedHeaders\.(?!None\b|XForwardedFor\b)\w", RegexOptions.None, 10_000)]
    private static partial Regex OtherHeaders();

    [GeneratedRegex(@"""(?:X-Forwarded|X-Real-IP|Forwarded\b)", RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex ByName();

    [GeneratedRegex(@"\b(?:href|src|action|formaction|poster|data-endpoint)\s*=\s*[""'`](?:@\(\$?"")?/|\burl\(\s*[""']?/|\b(?:NavigateTo|LocalRedirect|Redirect|fetch|import)\(\$?[""'`]/", RegexOptions.None, 10_000)]
    private static partial Regex FromTheTop();

    [GeneratedRegex(@"\b(?:UseStaticFiles|UseFileServer|UseDirectoryBrowser|PhysicalFileProvider|Results\.PhysicalFile|SendFileAsync)\b", RegexOptions.None, 10_000)]
    private static partial Regex FromFolder();
}
