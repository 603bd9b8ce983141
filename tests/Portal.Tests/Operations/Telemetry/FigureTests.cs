using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Changes;
using Portal.Operations.Telemetry;

namespace Portal.Tests.Operations.Telemetry;

public sealed class FigureTests : BunitContext
{
    [Theory]
    [InlineData("00:00:00", "0 seconds")]
    [InlineData("-00:00:05", "0 seconds")]
    [InlineData("00:00:01", "1 second")]
    [InlineData("00:01:59", "119 seconds")]
    [InlineData("00:02:00", "2 minutes")]
    [InlineData("01:59:59", "119 minutes")]
    [InlineData("02:00:00", "2 hours")]
    [InlineData("1.23:59:59", "47 hours")]
    [InlineData("2.00:00:00", "2 days")]
    public void A_length_of_time_is_told_in_the_largest_unit_that_fits(string time, string words) =>
        FigureWords.Long(TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(words);

    [Fact]
    public void A_label_is_written_as_metrics_write_them() => FigureWords.Label(ChangeState.WaitingForReview).ShouldBe("waiting_for_review");

    [Fact]
    public void A_tally_counts_by_label_and_has_what_it_expects_from_the_start()
    {
        var tally = new Tally("purpose", "use").Expect("copied", "pool");
        tally.Measure().ShouldHaveSingleItem().Value.ShouldBe(0);

        tally.Add("copied", "pool");
        tally.Add("copied", "direct");
        tally.Add("shown", "pool");

        (tally.Total, tally.Of("copied"), tally.Of("downloaded")).ShouldBe((3, 2, 0));
        var measured = tally.Measure().Single(measurement => measurement.Tags.ToArray().Any(tag => Equals(tag.Value, "direct")));
        measured.Value.ShouldBe(1);
        measured.Tags.ToArray().ShouldBe([new("purpose", "copied"), new("use", "direct")]);
    }

    [Fact]
    public void The_page_shows_each_room_by_name_and_what_needs_a_look_in_words()
    {
        Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        Services.AddSingleton<IRoomFigures>(new Room("Vault", new Figure("API token", "version 7") { IsTrouble = true }));
        var changes = new Room("Changes", new Figure("Waiting for review", "none"));
        Services.AddSingleton<IRoomFigures>(changes);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));

        var section = Render<FiguresSection>();

        section.FindAll("h3").Select(heading => heading.TextContent).ShouldBe(["Changes", "Vault"]);
        section.FindAll("dd").Select(value => value.TextContent.Trim()).ShouldBe(["none", "version 7 needs a look"]);
        changes.Readings.ShouldBe(1);
        section.Find("button").Click();
        changes.Readings.ShouldBe(2);
    }

    private sealed class Room(string about, params Figure[] figures) : IRoomFigures
    {
        public int Readings { get; private set; }

        public string About => about;

        public Task ReadAsync(CancellationToken cancellationToken)
        {
            Readings++;
            return Task.CompletedTask;
        }

        public IReadOnlyList<Figure> Now() => figures;
    }
}
