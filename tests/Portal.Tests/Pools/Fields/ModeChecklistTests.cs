using Bunit;
using Portal.DigitalOcean;
using Portal.Pools.Fields;

namespace Portal.Tests.Pools.Fields;

public sealed class ModeChecklistTests : BunitContext
{
    private readonly List<IReadOnlyList<string>> _answered = [];
    private readonly List<PoolMode> _chosen = [];

    [Fact]
    public void None_of_these_comes_first()
    {
        var boxes = Show(PoolMode.Transaction).FindAll("label.check").Select(label => label.TextContent.Trim()).ToList();

        boxes.Count.ShouldBe(8);
        boxes[0].ShouldBe("None of these");
    }

    [Fact]
    public void What_is_ticked_is_told()
    {
        Show(PoolMode.Transaction, "set").Find("input[name=listen]").Change(true);

        _answered.ShouldHaveSingleItem().ShouldBe(["set", "listen"]);
        _chosen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(PoolMode.Transaction, true)]
    [InlineData(PoolMode.Statement, false)]
    public void A_mode_that_does_not_keep_it_is_said_and_Session_is_one_press_away(PoolMode mode, bool leaks)
    {
        var list = Show(mode, "temporary");

        list.Find("[role=status]").TextContent.ShouldContain($"{mode} mode does not keep that");
        list.Find("[role=status]").TextContent.Contains("can stay behind and be seen by other clients", StringComparison.Ordinal).ShouldBe(leaks);
        list.Find("[role=status] button").TextContent.ShouldBe("Use Session");
        list.Find("[role=status] button").Click();
        _chosen.ShouldBe([PoolMode.Session]);
    }

    [Fact]
    public void In_session_mode_nothing_is_proposed()
    {
        var list = Show(PoolMode.Session, "temporary");

        list.Find("[role=status]").TextContent.ShouldContain("Session keeps these for each client");
        list.FindAll("button").ShouldBeEmpty();
    }

    [Fact]
    public void Who_uses_none_is_told_that_Transaction_fits_or_is_offered_it()
    {
        Show(PoolMode.Transaction, SessionFeature.None).Find("[role=status]").TextContent.ShouldContain("Transaction fits");

        Show(PoolMode.Session, SessionFeature.None).Find("[role=status] button").Click();
        _chosen.ShouldBe([PoolMode.Transaction]);
    }

    [Fact]
    public void That_state_leaks_is_said_in_transaction_mode_before_anything_is_ticked()
    {
        Show(PoolMode.Transaction).Markup.ShouldContain("can stay behind and be seen by other clients of the pool");
        Show(PoolMode.Session).Markup.ShouldNotContain("can stay behind");
    }

    [Fact]
    public void It_is_open_for_who_answered_before_and_stays_as_the_person_left_it()
    {
        Show(PoolMode.Transaction).Find("details").HasAttribute("open").ShouldBeFalse();
        var list = Show(PoolMode.Transaction, "set");
        list.Find("details").HasAttribute("open").ShouldBeTrue();

        list.Render(parameters => parameters.Add(list => list.Answers, []));

        list.Find("details").HasAttribute("open").ShouldBeTrue();
    }

    private IRenderedComponent<ModeChecklist> Show(PoolMode mode, params string[] answers) => Render<ModeChecklist>(parameters => parameters
        .Add(list => list.Mode, mode)
        .Add(list => list.Answers, answers)
        .Add(list => list.OnAnswered, _answered.Add)
        .Add(list => list.OnChosen, _chosen.Add));
}
