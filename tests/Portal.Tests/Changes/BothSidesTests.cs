using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes;

/// <summary>Who has to decide sees both sides, whatever kind of change it is.</summary>
public sealed class BothSidesTests : BunitContext
{
    private static readonly PoolFields Before = new(PoolMode.Transaction, 5, "checkout", "app");
    private static readonly PoolFields Wanted = Before with { Size = 9 };

    public BothSidesTests() => Services.AddSingleton<TimeProvider>(new ManualTimeProvider());

    [Theory]
    [InlineData(ChangeKind.Create, 9, "stands there as it was asked for")]
    [InlineData(ChangeKind.Create, 3, "neither what was asked for nor")]
    [InlineData(ChangeKind.Create, null, "There is no pool named checkout-app on orders-prod")]
    [InlineData(ChangeKind.Resize, 9, "stands there as it was asked for")]
    [InlineData(ChangeKind.Resize, 5, "stands there as it was before")]
    [InlineData(ChangeKind.Edit, 3, "neither what was asked for nor")]
    [InlineData(ChangeKind.Edit, null, "There is no pool named checkout-app on orders-prod")]
    [InlineData(ChangeKind.Delete, 5, "still stands as it was")]
    [InlineData(ChangeKind.Delete, 3, "neither what was asked for nor")]
    [InlineData(ChangeKind.Delete, null, "is gone, as was asked for")]
    public void What_it_comes_to_is_one_sentence(ChangeKind kind, int? there, string words) =>
        Show(kind, ChangeState.NeedsPerson, there).Find("p").TextContent.ShouldContain(words);

    [Fact]
    public void Each_field_shows_what_it_was_what_was_asked_for_and_what_stands_there()
    {
        var shown = Show(ChangeKind.Resize, ChangeState.Conflict, there: 3);

        shown.FindAll("thead th").Select(cell => cell.TextContent).ShouldBe(["Field", "When asked", "Asked for", "There now"]);
        var size = shown.FindAll("tbody tr")[1];
        size.QuerySelector("th")!.TextContent.ShouldBe("Pool size");
        size.QuerySelectorAll("td").Select(cell => cell.TextContent).ShouldBe(["5", "9", "3 (differs)"]);
        shown.FindAll("tbody tr")[0].QuerySelectorAll("td")[2].TextContent.ShouldBe("Transaction");
    }

    [Fact]
    public void A_new_pool_was_nothing_before()
    {
        Show(ChangeKind.Create, ChangeState.Conflict, there: 3).FindAll("thead th").Select(cell => cell.TextContent).ShouldBe(["Field", "Asked for", "There now"]);
    }

    [Theory]
    [InlineData(ChangeKind.Resize, ChangeState.Done)]
    [InlineData(ChangeKind.Resize, ChangeState.Unknown)]
    [InlineData(ChangeKind.ResetPassword, ChangeState.NeedsPerson)]
    public void Nobody_has_to_choose_where_nothing_is_to_be_chosen_or_seen(ChangeKind kind, ChangeState state) =>
        Show(kind, state, there: 3).Markup.Trim().ShouldBeEmpty();

    private IRenderedComponent<BothSides> Show(ChangeKind kind, ChangeState state, int? there) => Render<BothSides>(parameters => parameters
        .Add(sides => sides.Change, Change(kind, state))
        .Add(sides => sides.Cluster, Some.Cluster(pools: there is { } size ? [Some.Pool("checkout-app", size)] : []).Facts));

    private static PoolChange Change(ChangeKind kind, ChangeState state)
    {
        var fields = kind is ChangeKind.Create or ChangeKind.Resize or ChangeKind.Edit ? Wanted : Before;
        return new PoolChange
        {
            FormId = Guid.NewGuid(),
            Kind = kind,
            State = state,
            ClusterId = Some.OrdersProd,
            ClusterName = "orders-prod",
            PoolName = "checkout-app",
            Mode = fields.Mode,
            Size = fields.Size,
            Database = fields.Database,
            User = fields.User,
            Before = kind is ChangeKind.Create ? null : StoredFields.Write(Before),
            Team = "Payments",
            RequesterId = "someone",
            RequesterName = "Someone",
            Decision = "within the rules",
            RequestedAt = DateTimeOffset.UnixEpoch,
            ChangedAt = DateTimeOffset.UnixEpoch,
        };
    }
}
