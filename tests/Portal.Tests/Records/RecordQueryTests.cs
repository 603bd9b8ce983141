using Microsoft.AspNetCore.WebUtilities;
using Portal.Audit;
using Portal.Records;

namespace Portal.Tests.RecordPages;

public sealed class RecordQueryTests
{
    [Fact]
    public void A_query_is_read_back_from_its_own_address()
    {
        var query = new RecordQuery
        {
            Person = "Ana & Ben",
            Action = AuditAction.Declined,
            Pool = "checkout-app",
            Cluster = "orders",
            Change = 12,
            From = new DateOnly(2026, 11, 1),
            To = new DateOnly(2026, 11, 30),
            Text = "it's",
            Before = 99,
        };

        var values = QueryHelpers.ParseQuery(query.ToAddress());

        RecordQuery.Read(key => values.TryGetValue(key, out var value) ? value : default(string)).ShouldBe(query);
        query.IsFiltered.ShouldBeTrue();
    }

    [Fact]
    public void What_an_address_cannot_mean_is_left_out()
    {
        var query = RecordQuery.Read(key => key is "change" or "before" or "from" or "to" ? "never" : " ");

        query.ShouldBe(new RecordQuery());
        query.ToAddress().ShouldBe("");
        query.IsFiltered.ShouldBeFalse();
    }

    [Fact]
    public void Every_word_of_the_record_can_be_searched_for() => RecordQuery.Actions.ShouldContain(AuditAction.SegmentRemoved);
}
