using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Tests.Inventory.Calls;

public sealed class CallBudgetTests
{
    private const int CallsPerMinute = 250;

    private readonly ManualTimeProvider _clock = new();
    private readonly CallBudget _budget;

    public CallBudgetTests() => _budget = new CallBudget(Options.Create(new InventoryOptions()), Options.Create(new DigitalOceanOptions()), new Neighbours(), _clock);

    [Fact]
    public void People_have_what_digitalocean_allows_and_are_told_when_to_come_again()
    {
        Make(CallFor.People, CallsPerMinute);

        _budget.TryBegin(CallFor.People).ShouldBe(_clock.GetUtcNow().AddMinutes(1));
        _budget.Room(CallFor.People).ShouldBe(0);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _budget.Room(CallFor.People).ShouldBe(CallsPerMinute);
    }

    [Fact]
    public void What_is_left_is_counted_whoever_calls_and_what_digitalocean_said_counts_when_it_is_less()
    {
        Make(CallFor.People, 2);
        Make(CallFor.Background, 1);
        _budget.Left().ShouldBe((247, 4997));

        ((IApiCallObserver)_budget).Seen(new ApiCall
        {
            Operation = "databases_list_clusters",
            Method = "GET",
            Purpose = TokenPurpose.Manage,
            Status = 200,
            RateLimit = new RateLimit(5000, 12, _clock.GetUtcNow().AddMinutes(10)),
            TokenVersion = "1",
            Duration = TimeSpan.Zero,
        });

        _budget.Left().ShouldBe((247, 12), "others use the token too");
        _clock.Advance(TimeSpan.FromMinutes(11));
        _budget.Left().ShouldBe((250, 4997), "what was said is over");
    }

    [Fact]
    public void The_background_never_takes_what_is_kept_for_people()
    {
        Make(CallFor.Background, _budget.Room(CallFor.Background));

        _budget.Room(CallFor.Background).ShouldBe(0);
        _budget.Room(CallFor.People).ShouldBeGreaterThanOrEqualTo(70);
    }

    [Fact]
    public void The_background_stands_back_when_people_need_nearly_all()
    {
        Make(CallFor.People, 226);

        _budget.Room(CallFor.Background).ShouldBe(0);
        _budget.WaitFor(CallFor.Background).ShouldBe(TimeSpan.FromMinutes(1));
        _budget.WaitFor(CallFor.People).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_call_counts_from_its_sending_until_a_minute_after_its_answer()
    {
        Make(CallFor.People, CallsPerMinute - 1);
        _budget.TryBegin(CallFor.People).ShouldBeNull();

        _clock.Advance(TimeSpan.FromSeconds(59));
        _budget.Room(CallFor.People).ShouldBe(0);
        _budget.End(CallFor.People);
        _clock.Advance(TimeSpan.FromSeconds(59));
        _budget.Room(CallFor.People).ShouldBe(CallsPerMinute - 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _budget.Room(CallFor.People).ShouldBe(CallsPerMinute);
    }

    [Fact]
    public void What_others_use_of_the_same_token_is_told_by_the_headers()
    {
        Hear(remaining: 900, status: 200);

        _budget.WaitFor(CallFor.People).ShouldBe(TimeSpan.Zero);
        _budget.WaitFor(CallFor.Background).ShouldBe(TimeSpan.FromSeconds(601));

        Hear(remaining: 0, status: 200);
        _budget.WaitFor(CallFor.People).ShouldBe(TimeSpan.FromSeconds(601));
        _budget.TryBegin(CallFor.People).ShouldNotBeNull();

        Hear(remaining: 4000, status: 200);
        _budget.WaitFor(CallFor.Background).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void When_the_allowance_should_be_back_one_call_asks_and_the_others_wait_for_its_answer()
    {
        Hear(remaining: 0, status: 200);
        _clock.Advance(TimeSpan.FromSeconds(601));

        _budget.TryBegin(CallFor.People).ShouldBeNull();
        _budget.TryBegin(CallFor.People).ShouldNotBeNull();
    }

    [Fact]
    public void After_a_refusal_the_background_makes_room_and_does_not_wait_for_the_reset_of_the_hour()
    {
        Hear(remaining: 0, status: 429);

        _budget.WaitFor(CallFor.Background).ShouldBe(TimeSpan.FromSeconds(5));
        _budget.WaitFor(CallFor.People).ShouldBe(TimeSpan.Zero);
    }

    private void Make(CallFor whom, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            _budget.TryBegin(whom).ShouldBeNull($"call {call}");
            _budget.End(whom);
        }
    }

    private void Hear(int remaining, int status) => ((IApiCallObserver)_budget).Seen(new ApiCall
    {
        Operation = "databases_list_clusters",
        Purpose = TokenPurpose.Manage,
        Method = "GET",
        Status = status,
        TokenVersion = "1",
        Duration = TimeSpan.Zero,
        RateLimit = new RateLimit(5000, remaining, _clock.GetUtcNow().AddMinutes(10)),
    });
}
