using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Controls;
using Portal.DigitalOcean;
using Portal.Reviews.LookAfter;
using Portal.Tests.Changes;

namespace Portal.Tests.Reviews.LookAfter;

public sealed class CareFormTests : BunitContext
{
    private static readonly ChosenPool Storefront = Chosen("storefront", 8);

    private int _submitted;
    private string? _team;

    public CareFormTests()
    {
        Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        SetRendererInfo(new("Server", isInteractive: true));
    }

    [Fact]
    public void Shrinking_asks_a_size_for_each_pool_and_keeps_what_is_typed()
    {
        var draft = CareDraft.Of([Storefront, Chosen("intake", 6)]);
        var form = Show(CareStep.Shrink, draft);

        form.FindAll("label").Select(label => label.TextContent.Trim()).ShouldBe(["New size of storefront", "New size of intake"]);
        form.Find("#care-size-1").Change("3");
        draft.SizeOf(draft.Pools[1]).ShouldBe("3");
        draft.SizeOf(Storefront).ShouldBeNull();
        form.Find("form").Submit();
        _submitted.ShouldBe(1);
    }

    [Fact]
    public void Handing_over_offers_the_owners_of_the_chosen_team()
    {
        var draft = CareDraft.Of([Storefront]);
        var form = Show(CareStep.HandOver, draft, choices: new(["Payments", "Orders"], [("id-1", "Ana")]));

        form.Find("#care-team").Change("Orders");
        form.Find("#care-user").Change("id-1");

        _team.ShouldBe("Orders");
        draft.OwnerId.ShouldBe("id-1");
        form.Find("button[type=submit]").TextContent.ShouldContain("Hand over storefront");
    }

    [Fact]
    public void Deleting_says_what_breaks_who_has_it_and_what_to_type()
    {
        var given = Storefront with { LastCopied = new("Dana", "storefront", "app", DateTimeOffset.UnixEpoch), InUse = new(DateTimeOffset.UnixEpoch, 3, 0) };
        var form = Show(CareStep.Delete, CareDraft.Of([given, Chosen("intake", 6)]), errors: [new("care-confirmation", "Type 2 to confirm")]);

        form.Markup.ShouldContain("FATAL: no such database");
        form.Find(".care-which").TextContent.ShouldContain("Last copied by Dana");
        form.Find(".care-which").TextContent.ShouldContain("3 of its connections in use");
        form.Find(".care-which").TextContent.ShouldContain("Nobody was given its connection by the portal");
        form.Markup.ShouldContain("Together they give back 14 server connections.");
        form.Find("label").TextContent.Trim().ShouldBe("Number of pools");
        form.Find("#care-confirmation-error").TextContent.ShouldContain("Type 2 to confirm");
        Show(CareStep.Delete, CareDraft.Of([Storefront])).Find(".field-hint").TextContent.ShouldBe("Type storefront to confirm. ");
    }

    [Fact]
    public void An_end_date_can_be_set_or_taken_away()
    {
        var draft = CareDraft.Of([Storefront]);
        var form = Show(CareStep.EndDate, draft);

        form.Find("#care-endson").Change("2027-01-31");
        form.Find("input[type=checkbox]").Change(true);

        (draft.EndsOn, draft.IsEndless).ShouldBe(("2027-01-31", true));
    }

    private static ChosenPool Chosen(string name, int size) =>
        new(new(Some.OrdersProd, name), "orders-prod", "Payments", new(PoolMode.Transaction, size, "checkout", "app"), Guid.NewGuid());

    private IRenderedComponent<CareForm> Show(CareStep step, CareDraft draft, CareChoices? choices = null, IReadOnlyList<FieldError>? errors = null) =>
        Render<CareForm>(parameters => parameters
            .Add(form => form.Step, step)
            .Add(form => form.Chosen, draft.Pools)
            .Add(form => form.Draft, draft)
            .Add(form => form.Choices, choices ?? new([], []))
            .Add(form => form.Errors, errors ?? [])
            .Add(form => form.Back, "/look-after")
            .Add(form => form.OnTeam, team => _team = team)
            .Add(form => form.OnSubmit, () => _submitted++));
}
