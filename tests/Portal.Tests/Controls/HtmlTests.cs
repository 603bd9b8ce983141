using Portal.Controls;

namespace Portal.Tests.Controls;

public sealed class HtmlTests
{
    [Fact]
    public void What_fills_a_hole_is_never_markup()
    {
        string? hostile = "\"><script>alert('1')</script>&";

        Html.Of($"<a href=\"{hostile}\">{hostile}</a>").Value
            .ShouldBe("<a href=\"&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;\">&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;</a>");
    }

    [Fact]
    public void What_was_made_here_before_is_not_encoded_again()
    {
        var inner = Html.Of($"<b>{"<"}</b>");

        Html.Of($"<p>{inner}{null}{7}{8L}</p>").Value.ShouldBe("<p><b>&lt;</b>78</p>");
    }
}
