using System.Text;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using static Portal.Tests.Access.Sessions.SessionsUnderTest;

namespace Portal.Tests.Access.Sessions;

public sealed class SessionsTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_session_is_read_back_as_the_person_who_signed_in()
    {
        await using var test = await CreateAsync();

        var answer = await test.Sessions.ReadAsync(await test.BeginAsync(), CancellationToken.None);

        answer.TryGet(out var person, out _).ShouldBeTrue();
        person!.Id.ShouldBe("issuer|dana");
        person.Name.ShouldBe("Dana Developer");
        person.Roles.ShouldBe([Role.Developer]);
        person.Groups.ShouldBe(["Payments"]);
    }

    [Fact]
    public async Task The_table_holds_neither_the_key_nor_the_id_token()
    {
        await using var test = await CreateAsync();

        var key = await test.BeginAsync();

        var row = (await test.RowsAsync()).ShouldHaveSingleItem();
        row.KeyHash.Length.ShouldBe(32);
        row.KeyHash.ShouldNotBe(Encoding.UTF8.GetBytes(key.Value));
        row.SealedIdToken.ShouldNotBeNull();
        Encoding.Latin1.GetString(row.SealedIdToken).ShouldNotContain("header.claims.signature");
        key.ToString().ShouldBe("***");
    }

    [Fact]
    public async Task Keys_are_256_random_bits()
    {
        await Task.CompletedTask;
        var keys = Enumerable.Range(0, 100).Select(_ => SessionKey.Create().Value).ToHashSet(StringComparer.Ordinal);

        keys.Count.ShouldBe(100);
        keys.ShouldAllBe(key => key.Length == 43);
    }

    [Fact]
    public async Task An_unknown_key_opens_nothing()
    {
        await using var test = await CreateAsync();
        await test.BeginAsync();

        (await test.Sessions.ReadAsync(SessionKey.Create(), CancellationToken.None)).ShouldBe(new Result<Person, Refusal>.Failed(Refusal.SessionEnded));
        (await test.IsOpenAsync(new SessionKey(""))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_ends_when_it_has_been_idle_for_15_minutes_and_not_before()
    {
        await using var test = await CreateAsync();
        var key = await test.BeginAsync();

        test.Clock.Advance(Idle - Second);
        (await test.IsOpenAsync(key)).ShouldBeTrue();
        test.Clock.Advance(Second);
        (await test.IsOpenAsync(key)).ShouldBeFalse();
    }

    [Fact]
    public async Task Reading_a_session_is_not_activity()
    {
        await using var test = await CreateAsync();
        var key = await test.BeginAsync();

        for (var minute = 0; minute < 15; minute++)
        {
            (await test.IsOpenAsync(key)).ShouldBeTrue();
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await test.IsOpenAsync(key)).ShouldBeFalse();
    }

    [Fact]
    public async Task Activity_keeps_a_session_open_for_8_hours_and_no_longer()
    {
        await using var test = await CreateAsync();
        var key = await test.BeginAsync();

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(8) - TimeSpan.FromMinutes(10); passed += TimeSpan.FromMinutes(10))
        {
            test.Clock.Advance(TimeSpan.FromMinutes(10));
            await test.Sessions.TouchAsync(key, CancellationToken.None);
        }

        test.Clock.Advance(TimeSpan.FromMinutes(10) - Second);
        (await test.IsOpenAsync(key)).ShouldBeTrue();
        test.Clock.Advance(Second);
        (await test.IsOpenAsync(key)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_idle_too_long_is_not_revived_by_activity()
    {
        await using var test = await CreateAsync();
        var key = await test.BeginAsync();

        test.Clock.Advance(Idle);
        await test.Sessions.TouchAsync(key, CancellationToken.None);

        (await test.IsOpenAsync(key)).ShouldBeFalse();
        (await test.RowsAsync())[0].LastActivityAt.ShouldBe(test.Clock.GetUtcNow() - Idle);
    }

    [Fact]
    public async Task An_ended_session_is_over_at_once_and_stays_over()
    {
        await using var test = await CreateAsync();
        var key = await test.BeginAsync();

        (await test.Sessions.EndAsync(key, SessionEnd.SignedOut, by: null, CancellationToken.None)).ShouldBe("header.claims.signature");
        await test.Sessions.TouchAsync(key, CancellationToken.None);

        (await test.IsOpenAsync(key)).ShouldBeFalse();
        var row = (await test.RowsAsync())[0];
        row.EndedAt.ShouldBe(test.Clock.GetUtcNow());
        row.EndedBecause.ShouldBe(SessionEnd.SignedOut);
        row.SealedIdToken.ShouldBeNull();
    }

    [Fact]
    public async Task An_end_is_recorded_once_however_often_it_is_asked_for()
    {
        await using var test = await CreateAsync();
        var key = await test.BeginAsync();

        var ends = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => test.Sessions.EndAsync(key, SessionEnd.SignedOut, by: null, CancellationToken.None)));

        ends.Count(token => token is not null).ShouldBe(1);
        (await test.AuditAsync()).Select(row => row.Action).ShouldBe([AuditAction.SignedIn, AuditAction.SignedOut]);
    }

    [Fact]
    public async Task An_admin_who_ends_a_session_is_in_the_record()
    {
        await using var test = await CreateAsync();
        var key = await test.BeginAsync();

        await test.Sessions.EndAsync(key, SessionEnd.EndedByAdmin, new AuditActor("issuer|ada", "Ada Admin"), CancellationToken.None);

        var row = (await test.AuditAsync())[^1];
        row.Action.ShouldBe(AuditAction.SessionEnded);
        row.ActorId.ShouldBe("issuer|ada");
        row.Details.ShouldBe("""{"person":"issuer|dana","why":"EndedByAdmin"}""");
    }

    [Fact]
    public async Task A_nonce_opens_one_session()
    {
        await using var test = await CreateAsync();
        await test.BeginAsync("once");

        (await test.Sessions.IsNonceUsedAsync("once", CancellationToken.None)).ShouldBeTrue();
        (await test.Sessions.IsNonceUsedAsync("other", CancellationToken.None)).ShouldBeFalse();
        (await Should.ThrowAsync<SignInRefusedException>(() => test.BeginAsync("once"))).Failure.ShouldBe(SignInFailure.Replayed);
        (await test.RowsAsync()).Count.ShouldBe(1);
        (await test.AuditAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_sweep_ends_what_is_idle_or_too_old_and_forgets_it_a_day_later()
    {
        await using var test = await CreateAsync();
        var idle = await test.BeginAsync("idle");
        test.Clock.Advance(TimeSpan.FromMinutes(10));
        var busy = await test.BeginAsync("busy");
        test.Clock.Advance(TimeSpan.FromMinutes(5));

        await test.Sessions.SweepAsync(CancellationToken.None);

        (await test.IsOpenAsync(idle)).ShouldBeFalse();
        (await test.IsOpenAsync(busy)).ShouldBeTrue();
        var end = (await test.AuditAsync())[^1];
        end.Action.ShouldBe(AuditAction.SessionEnded);
        end.ActorId.ShouldBeNull();
        end.Details.ShouldBe("""{"person":"issuer|dana","why":"Idle"}""");

        test.Clock.Advance(TimeSpan.FromDays(1));
        await test.Sessions.SweepAsync(CancellationToken.None);
        (await test.RowsAsync()).ShouldHaveSingleItem().EndedBecause.ShouldBe(SessionEnd.TooOld);

        test.Clock.Advance(TimeSpan.FromDays(1));
        await test.Sessions.SweepAsync(CancellationToken.None);
        (await test.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_provider_ends_the_session_that_it_names_and_the_open_pages_hear_of_it()
    {
        await using var store = await SessionsUnderTest.CreateAsync();
        var key = await store.BeginAsync();
        List<byte[]> heard = [];
        store.Feed.Moved += heard.Add;

        (await store.Sessions.EndByProviderAsync("provider-session-2", personId: null, store.Clock.GetUtcNow(), CancellationToken.None)).ShouldBe(0);
        (await store.Sessions.EndByProviderAsync("provider-session-1", "issuer|lee", store.Clock.GetUtcNow(), CancellationToken.None)).ShouldBe(0);
        (await store.Sessions.EndByProviderAsync(providerSession: null, personId: null, store.Clock.GetUtcNow(), CancellationToken.None)).ShouldBe(0);
        (await store.IsOpenAsync(key)).ShouldBeTrue();
        (await store.Sessions.EndByProviderAsync("provider-session-1", "issuer|dana", store.Clock.GetUtcNow(), CancellationToken.None)).ShouldBe(1);

        (await store.IsOpenAsync(key)).ShouldBeFalse();
        heard.ShouldHaveSingleItem().ShouldBe(key.Hash());
        (await store.RowsAsync()).ShouldHaveSingleItem().SealedIdToken.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_provider_says_twice_ends_no_session_that_began_in_between()
    {
        await using var store = await SessionsUnderTest.CreateAsync();
        var said = store.Clock.GetUtcNow();
        await store.BeginAsync();
        (await store.Sessions.EndByProviderAsync(providerSession: null, "issuer|dana", said, CancellationToken.None)).ShouldBe(1);
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await store.BeginAsync("nonce-2");

        (await store.Sessions.EndByProviderAsync(providerSession: null, "issuer|dana", said, CancellationToken.None)).ShouldBe(0);

        (await store.IsOpenAsync(later)).ShouldBeTrue();
    }
}
