using System.Text.Json;
using Portal.Changes.Notices;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes.Notices;

public sealed class NoticeBodyTests
{
    private static readonly NoticeBody Body = new(
        7, "approved", new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero), "Lee", "Payments", "orders-prod", "checkout-app", 3, ["Dana"], "Lee approved <b> & 'more'.", "https://pools.example.com/changes/3");

    [Fact]
    public void The_members_are_named_as_documented() =>
        JsonDocument.Parse(Body.ToJson()).RootElement.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "kind", "at", "who", "team", "cluster", "pool", "change", "for", "text", "link"]);

    [Fact]
    public void It_is_read_back_as_it_was_written() => NoticeBody.Read(Body.ToJson()).ToJson().ShouldBe(Body.ToJson());

    [Fact]
    public void Slack_gets_one_text_in_which_nothing_is_taken_for_markup() =>
        JsonDocument.Parse(NoticeBody.Written(Body.ToJson(), NoticeFormat.Slack)).RootElement.GetProperty("text").GetString()
            .ShouldBe("Lee approved &lt;b&gt; &amp; 'more'. <https://pools.example.com/changes/3|Open>");

    // Made with: printf '%s' '1764072000.{"a":1}' | openssl dgst -sha256 -hmac key
    [Fact]
    public void The_signature_is_what_anybody_can_compute() =>
        NoticeSignature.Of("""{"a":1}""", new Secret("key"), DateTimeOffset.FromUnixTimeSeconds(1764072000))
            .ShouldBe("t=1764072000,v1=3c2d41e790e3bd8b86650f35b648e38f4d3d8cb1f93a04db2505553a6765643d");

    [Fact]
    public void Every_action_that_is_told_has_a_kind_of_its_own_and_a_sentence()
    {
        var facts = new NoticeFacts("Lee", "Payments", "orders-prod", "checkout-app", Change: null, Note: null);

        NoticeWords.Actions.Select(NoticeWords.KindOf).ShouldBeUnique();
        NoticeWords.Actions.Select(action => NoticeWords.TextOf(action, facts)).ShouldAllBe(text => text.EndsWith('.') || text.EndsWith('?'));
        NoticeWords.Actions.Select(action => NoticeWords.TextOf(action, facts)).ShouldBeUnique();
    }
}
