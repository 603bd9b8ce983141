using Portal.Operations;

namespace Portal.Tests.Operations;

public sealed class CsvTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("checkout-app", "checkout-app")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("Zoë", "Zoë")]
    public void A_field_is_quoted_when_it_has_to_be(string? text, string field) => Csv.Field(text).ShouldBe(field);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData(" =1", "' =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void What_a_spreadsheet_would_run_becomes_text(string text, string field) => Csv.Field(text).ShouldBe(field);

    [Theory]
    [InlineData("a=b")]
    [InlineData("my-pool")]
    [InlineData("someone@example")]
    public void What_only_contains_such_a_sign_stays(string text) => Csv.Field(text).ShouldBe(text);
}
