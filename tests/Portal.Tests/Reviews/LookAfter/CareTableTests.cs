using Bunit;
using Portal.Reviews.LookAfter;
using Portal.Tests.Changes;

namespace Portal.Tests.Reviews.LookAfter;

public sealed class CareTableTests : BunitContext
{
    private readonly List<string> _toggled = [];

    public CareTableTests() => SetRendererInfo(new("Server", isInteractive: true));

    [Fact]
    public void Only_what_can_be_chosen_has_a_box_and_its_name()
    {
        var table = Show(Row("storefront"), Row("legacy", team: null), Row("theirs", mayHandOver: false));

        table.FindAll("tbody input").Select(box => box.GetAttribute("aria-label")).ShouldBe(["Choose storefront on orders-prod"]);
        table.Find("tbody input").Change(true);
        _toggled.ShouldBe(["storefront"]);
    }

    [Fact]
    public void Each_flag_has_an_icon_a_word_and_its_reason()
    {
        var table = Show(Row("storefront", flags: [new(CareFlagKind.NoOwner, "Frida Former has not signed in for 90 days.")]), Row("quiet"));

        var flags = table.FindAll(".care-flags");
        flags[0].QuerySelector(".status svg").ShouldNotBeNull();
        flags[0].TextContent.ShouldContain("no owner");
        flags[0].TextContent.ShouldContain("Frida Former has not signed in for 90 days.");
        flags[1].TextContent.Trim().ShouldBe("none");
    }

    [Fact]
    public void What_is_known_of_its_use_is_said_with_a_date_and_what_is_not_is_said_too()
    {
        var table = Show(
            Row("storefront") with { InUse = new(DateTimeOffset.UnixEpoch, 3, 4), LastCopied = new("Dana", "storefront", "app", DateTimeOffset.UnixEpoch), OpenChange = 7 },
            Row("quiet"));

        var rows = table.FindAll("tbody tr");
        rows[0].TextContent.ShouldContain("3 of 5, 4 wait");
        rows[0].TextContent.ShouldContain("Dana");
        rows[0].QuerySelector("a[href='changes/7']")!.TextContent.ShouldBe("Change 7 is open");
        rows[1].TextContent.ShouldContain("not seen");
        rows[1].TextContent.ShouldContain("never");
    }

    [Fact]
    public void The_order_is_announced_and_turned_round_by_its_link()
    {
        var table = Show(Row("storefront"));

        table.Find("th[aria-sort]").TextContent.ShouldContain("Next look");
        table.Find("th[aria-sort] a").GetAttribute("href").ShouldBe("look-after?sort=-look");
    }

    private static CareRow Row(string name, string? team = "Payments", bool mayHandOver = true, params CareFlag[] flags) =>
        new(Some.Cluster().Facts, Some.Pool(name, 5, team: team), flags, team is null ? null : DateTimeOffset.UnixEpoch, MayCare: mayHandOver, mayHandOver, MayAdopt: false);

    private IRenderedComponent<CareTable> Show(params CareRow[] rows) => Render<CareTable>(parameters => parameters
        .Add(table => table.View, new CareView(rows, rows.Length, 1, new Dictionary<CareShow, int>(), ["Payments"], IsLead: true))
        .Add(table => table.Query, new CareQuery())
        .Add(table => table.Chosen, [])
        .Add(table => table.OnToggled, row => _toggled.Add(row.Pool.Name))
        .Add(table => table.OnToggledAll, _ => { }));
}
