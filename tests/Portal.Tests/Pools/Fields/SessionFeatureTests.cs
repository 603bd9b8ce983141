using Portal.Pools.Fields;

namespace Portal.Tests.Pools.Fields;

public sealed class SessionFeatureTests
{
    [Fact]
    public void None_of_these_takes_all_others_back() => SessionFeature.Answer(["set", "listen"], SessionFeature.None, isTicked: true).ShouldBe([SessionFeature.None]);

    [Fact]
    public void One_of_these_takes_none_back() => SessionFeature.Answer([SessionFeature.None], "listen", isTicked: true).ShouldBe(["listen"]);

    [Fact]
    public void A_box_that_is_cleared_leaves_the_others() => SessionFeature.Answer(["set", "listen"], "set", isTicked: false).ShouldBe(["listen"]);

    [Fact]
    public void Every_order_of_ticking_ends_with_either_none_or_some_and_never_both()
    {
        string[] keys = [SessionFeature.None, "set", "listen"];
        foreach (var first in keys)
        {
            foreach (var second in keys)
            {
                foreach (var third in keys)
                {
                    IReadOnlyList<string> answers = [];
                    foreach (var key in (string[])[first, second, third])
                    {
                        answers = SessionFeature.Answer(answers, key, isTicked: true);

                        answers.ShouldContain(key);
                        answers.ShouldBeUnique();
                        (answers.Contains(SessionFeature.None) && answers.Count > 1).ShouldBeFalse();
                    }
                }
            }
        }
    }

    [Fact]
    public void There_are_the_seven_that_PgBouncer_names() => SessionFeature.All.Select(feature => feature.Key).ShouldBe(["set", "listen", "locks", "temporary", "hold", "prepare", "load"]);
}
