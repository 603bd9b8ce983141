using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Changes.Notices;
using Portal.Tests.Access.Sessions;

namespace Portal.Tests.Changes.Notices;

/// <summary>When a notice is tried again, by a clock that the test moves.</summary>
public sealed class NoticeOutboxTests : IAsyncLifetime
{
    private SessionsUnderTest _test = null!;
    private NoticeOutbox _outbox = null!;

    public async ValueTask InitializeAsync()
    {
        _test = await SessionsUnderTest.CreateAsync();
        _outbox = new NoticeOutbox(_test.Database, Options.Create(new NoticesOptions()), _test.Clock);
        await _test.Database.WriteAsync(
            (db, _) =>
            {
                db.Add(new Notice { Sequence = 1, Kind = "approved", Body = "{}", CreatedAt = _test.Clock.GetUtcNow() });
                return Task.CompletedTask;
            },
            CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(5, 160)]
    [InlineData(9, 2560)]
    [InlineData(10, 3600)]
    [InlineData(400, 3600)]
    public void Each_wait_is_twice_as_long_give_or_take_a_fifth_up_to_an_hour(int attempts, int seconds) =>
        Enumerable.Range(0, 200).Select(_ => _outbox.WaitAfter(attempts).TotalSeconds).ShouldAllBe(wait => wait >= seconds * 0.8 && wait <= seconds * 1.2);

    [Fact]
    public void The_waits_differ() => Enumerable.Range(0, 200).Select(_ => _outbox.WaitAfter(3)).Distinct().Count().ShouldBeGreaterThan(5);

    [Fact]
    public async Task What_failed_is_not_taken_before_its_time()
    {
        await FailAsync("The receiver answered 500.");

        _test.Clock.Advance(TimeSpan.FromSeconds(7));
        (await _outbox.TakeAsync(CancellationToken.None)).ShouldBeNull();
        _test.Clock.Advance(TimeSpan.FromSeconds(6));
        (await _outbox.TakeAsync(CancellationToken.None))!.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_taken_is_not_taken_again_until_its_portal_must_be_dead()
    {
        (await _outbox.TakeAsync(CancellationToken.None)).ShouldNotBeNull();

        (await _outbox.TakeAsync(CancellationToken.None)).ShouldBeNull();
        _test.Clock.Advance(TimeSpan.FromSeconds(59));
        (await _outbox.TakeAsync(CancellationToken.None)).ShouldBeNull();
        _test.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _outbox.TakeAsync(CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task After_a_day_it_is_given_up_with_the_last_words()
    {
        var attempts = 0;
        var start = _test.Clock.GetUtcNow();
        while ((await NoticeAsync()).GivenUpAt is null)
        {
            await FailAsync($"The receiver answered {500 + ++attempts}.");
            _test.Clock.Advance(TimeSpan.FromHours(1.2));
        }

        var notice = await NoticeAsync();
        (notice.GivenUpAt!.Value - start).ShouldBeInRange(TimeSpan.FromHours(22), TimeSpan.FromHours(24));
        notice.Failure.ShouldBe($"The receiver answered {500 + attempts}.");
        (await _outbox.TakeAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_delivered_is_forgotten_after_thirty_days_and_what_was_not_is_kept()
    {
        var notice = await _outbox.TakeAsync(CancellationToken.None);
        await _outbox.SettleAsync(notice!, failure: null, CancellationToken.None);
        (await NoticeAsync()).DeliveredAt.ShouldBe(_test.Clock.GetUtcNow());

        _test.Clock.Advance(TimeSpan.FromDays(30));
        await _outbox.ForgetOldAsync(CancellationToken.None);
        (await NoticeAsync()).ShouldNotBeNull();
        _test.Clock.Advance(TimeSpan.FromSeconds(1));
        await _outbox.ForgetOldAsync(CancellationToken.None);

        (await _test.ReadAsync(db => db.Set<Notice>().CountAsync())).ShouldBe(0);
    }

    private async Task FailAsync(string failure) =>
        await _outbox.SettleAsync((await _outbox.TakeAsync(CancellationToken.None)).ShouldNotBeNull(), failure, CancellationToken.None);

    private Task<Notice> NoticeAsync() => _test.ReadAsync(db => db.Set<Notice>().SingleAsync());
}
