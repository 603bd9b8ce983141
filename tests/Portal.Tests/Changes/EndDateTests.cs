using Portal.Changes;

namespace Portal.Tests.Changes;

public sealed class EndDateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 22, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-24")]
    [InlineData("2028-11-22")]
    [InlineData(" 2026-12-31 ")]
    public void A_day_after_today_and_within_two_years_is_taken_to_its_last_second(string typed)
    {
        var (endsAt, mistake) = EndDate.Read(typed, Now);

        mistake.ShouldBeNull();
        endsAt!.Value.ShouldBe(DateTimeOffset.Parse($"{typed.Trim()}T23:59:59Z", System.Globalization.CultureInfo.InvariantCulture));
        EndDate.Typed(endsAt).ShouldBe(typed.Trim());
    }

    [Theory]
    [InlineData("2026-11-23", "Wanted until must be after today")]
    [InlineData("2020-01-01", "Wanted until must be after today")]
    [InlineData("2028-11-23", "Wanted until must be within two years, until 22 Nov 2028")]
    [InlineData("31.12.2026", "Wanted until must be a date, like 2026-12-31")]
    [InlineData("2026-02-30", "Wanted until must be a date, like 2026-12-31")]
    public void Another_day_is_refused_with_what_to_do(string typed, string message) => EndDate.Read(typed, Now).ShouldBe((null, message));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Nothing_typed_is_no_end(string? typed) => EndDate.Read(typed, Now).ShouldBe((null, null));

    [Fact]
    public void It_is_a_day_of_the_calendar_for_everybody() => EndDate.Words(new DateTimeOffset(2026, 12, 31, 23, 59, 59, TimeSpan.Zero)).ShouldBe("31 Dec 2026");
}
