using Portal.Changes;
using Portal.Tests.Changes;

namespace Portal.Tests.Hostile;

/// <summary>Whatever is typed into a form, an answer comes back: a request that keeps the rules, or mistakes that can be read.</summary>
public sealed class FormTests
{
    private static readonly CreateRules Rules = new(Some.Policy());

    [Fact]
    public void Any_text_in_any_field_of_a_new_pool_is_answered_in_words() => HostileText.Hold(text =>
    {
        var asked = Some.Request();
        foreach (var request in new[]
        {
            asked with { Name = text }, asked with { Size = text }, asked with { Database = text }, asked with { User = text },
            asked with { Team = text }, asked with { Reason = text }, asked with { EndsOn = text },
        })
        {
            var (taken, mistakes) = Rules.Check(request, Some.Cluster(), [Some.Payments]);

            (taken is null).ShouldBe(mistakes.Count > 0);
            mistakes.ShouldAllBe(mistake => mistake.Message.Length > 0 && mistake.Message.Length < 1000);
        }
    });

    [Fact]
    public void A_name_that_is_taken_fits_into_an_address_a_connection_string_and_a_configuration_file() => HostileText.Hold(text =>
    {
        var (taken, _) = Rules.Check(Some.Request() with { Name = text }, Some.Cluster(), [Some.Payments]);

        if (taken is not null)
        {
            text.Trim().Length.ShouldBeInRange(3, 60);
            text.Trim().ShouldAllBe(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' || letter == '_');
        }
    });

    [Fact]
    public void A_text_of_ten_megabytes_is_answered_too()
    {
        foreach (var piece in new[] { "a", "=", "<", "\ud800", "postgres://", "password=" })
        {
            var text = string.Concat(Enumerable.Repeat(piece, 10_000_000 / piece.Length));

            Rules.Check(Some.Request() with { Name = text, Reason = text }, Some.Cluster(), [Some.Payments]).Request.ShouldBeNull();
            FreeText.WhyNot("Reason", text);
        }
    }
}
