using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Tests.Vaults;

public sealed class ApiTokensTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly StubVault _vault = new();
    private readonly ApiTokens _tokens;

    public ApiTokensTests() => _tokens = new ApiTokens(_vault, Options.Create(new VaultOptions()), _clock, NullLogger<ApiTokens>.Instance);

    [Fact]
    public async Task A_token_is_read_once_in_5_minutes_for_both_purposes()
    {
        (await TokenAsync()).ShouldBe(new ApiToken(new Secret("dop_v1_first"), "1"));
        _vault.Value = "dop_v1_second";
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        (await TokenAsync(TokenPurpose.ViewCredentials)).Value.Reveal().ShouldBe("dop_v1_first");
        _vault.Reads.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(1));
        (await TokenAsync()).Value.Reveal().ShouldBe("dop_v1_second");
        _vault.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_known_since_when_a_version_is_in_use_and_when_it_was_read_last()
    {
        _tokens.Kept.ShouldBeEmpty();
        var began = _clock.GetUtcNow();
        await TokenAsync();
        _clock.Advance(TimeSpan.FromMinutes(6));
        await TokenAsync();

        var kept = _tokens.Kept.ShouldHaveSingleItem().Secret;
        (kept.Version, kept.Since, kept.ReadAt).ShouldBe(("1", began, began.AddMinutes(6)));

        _vault.Version = "2";
        _clock.Advance(TimeSpan.FromMinutes(6));
        await TokenAsync();
        _tokens.Kept.ShouldHaveSingleItem().Secret.Since.ShouldBe(began.AddMinutes(12));
    }

    [Fact]
    public async Task Who_asks_at_the_same_time_shares_one_reading()
    {
        var gate = new TaskCompletionSource();
        _vault.Gate = gate.Task;
        var asked = Enumerable.Range(0, 20).Select(_ => TokenAsync()).ToList();

        gate.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(token => token.Version == "1");
        _vault.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task Who_waits_at_a_vault_that_is_down_shares_one_failure()
    {
        _vault.IsDown = true;
        var gate = new TaskCompletionSource();
        _vault.Gate = gate.Task;
        var asked = Enumerable.Range(0, 20).Select(_ => FailureAsync()).ToList();

        gate.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(message => message == "The vault is sealed.");
        _vault.Reads.ShouldBe(1);
        _vault.IsDown = false;
        _clock.Advance(KeptSecret.FailureStands);
        (await TokenAsync()).Version.ShouldBe("1");
    }

    [Fact]
    public async Task Who_stops_waiting_does_not_stop_the_others()
    {
        var gate = new TaskCompletionSource();
        _vault.Gate = gate.Task;
        var first = TokenAsync();
        using var impatience = new CancellationTokenSource();
        var second = _tokens.GetAsync(TokenPurpose.Manage, impatience.Token).AsTask();

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        gate.SetResult();

        (await first).Version.ShouldBe("1");
    }

    [Fact]
    public async Task A_refused_token_makes_the_vault_be_asked_once()
    {
        var refused = await TokenAsync();
        (_vault.Value, _vault.Version) = ("dop_v1_second", "2");

        for (var call = 0; call < 5; call++)
        {
            _tokens.Refuse(refused);
            (await TokenAsync()).Version.ShouldBe("2");
        }

        _vault.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_stays_bad_does_not_make_every_call_ask_the_vault()
    {
        for (var call = 0; call < 5; call++)
        {
            _tokens.Refuse(await TokenAsync());
        }

        _vault.Reads.ShouldBe(2);
        _clock.Advance(KeptSecret.RefusalsApart);
        _tokens.Refuse(await TokenAsync());
        await TokenAsync();
        _vault.Reads.ShouldBe(3);
    }

    [Fact]
    public async Task A_vault_that_is_down_keeps_the_last_token_for_an_hour_and_no_longer()
    {
        await TokenAsync();
        _vault.IsDown = true;

        _clock.Advance(TimeSpan.FromMinutes(65) - TimeSpan.FromSeconds(1));
        (await TokenAsync()).Version.ShouldBe("1");
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await FailureAsync()).ShouldBe("The vault is sealed.");
    }

    [Fact]
    public async Task While_the_last_token_serves_the_vault_is_asked_every_30_seconds()
    {
        await TokenAsync();
        _vault.IsDown = true;
        _clock.Advance(TimeSpan.FromMinutes(5));
        for (var call = 0; call < 5; call++)
        {
            await TokenAsync();
        }

        _vault.Reads.ShouldBe(2);
        (_vault.IsDown, _vault.Version) = (false, "2");
        _clock.Advance(KeptSecret.AskAgainAfter);
        (await TokenAsync()).Version.ShouldBe("2");
    }

    [Fact]
    public async Task A_refused_token_is_not_kept_while_the_vault_is_down()
    {
        var refused = await TokenAsync();
        _vault.IsDown = true;

        _tokens.Refuse(refused);

        (await FailureAsync()).ShouldBe("The vault is sealed.");
    }

    [Fact]
    public async Task What_bridges_a_vault_that_is_down_says_until_when_and_no_longer_once_it_is_back()
    {
        await TokenAsync();
        _tokens.Trouble.ShouldBeNull();
        var until = _clock.GetUtcNow() + TimeSpan.FromMinutes(65);
        _vault.IsDown = true;
        _clock.Advance(TimeSpan.FromMinutes(5));
        await TokenAsync();
        _tokens.Trouble.ShouldBe((new VaultFailure("The vault is sealed."), until));

        _vault.IsDown = false;
        _clock.Advance(KeptSecret.AskAgainAfter);
        await TokenAsync();
        _tokens.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_token_for_passwords_of_its_own_is_taken_for_nothing_else()
    {
        _vault.Fields["for-passwords"] = "dop_v1_view";
        using var two = Two();

        two.AreTwo.ShouldBeTrue();
        _tokens.AreTwo.ShouldBeFalse();
        (await ValueAsync(two, TokenPurpose.Manage)).ShouldBe("dop_v1_first");
        (await ValueAsync(two, TokenPurpose.ViewCredentials)).ShouldBe("dop_v1_view");
    }

    [Fact]
    public async Task A_refused_token_is_read_again_and_the_other_is_not()
    {
        _vault.Fields["for-passwords"] = "dop_v1_view";
        using var two = Two();
        await ValueAsync(two, TokenPurpose.Manage);
        (await two.GetAsync(TokenPurpose.ViewCredentials, CancellationToken.None)).TryGet(out var view, out _).ShouldBeTrue();
        _vault.Fields["for-passwords"] = "dop_v1_view_2";
        _vault.Value = "dop_v1_second";

        two.Refuse(view!);

        (await ValueAsync(two, TokenPurpose.ViewCredentials)).ShouldBe("dop_v1_view_2");
        (await ValueAsync(two, TokenPurpose.Manage)).ShouldBe("dop_v1_first");
    }

    [Theory]
    [InlineData("dop v1")]
    [InlineData("dop_v1\r\nX-Evil: 1")]
    [InlineData("dop_v1_é")]
    public async Task What_cannot_be_a_token_is_refused_and_not_quoted(string value)
    {
        _vault.Value = value;

        var message = await FailureAsync();

        message.ShouldStartWith("What the vault holds as the API token is not one");
        message.ShouldNotContain(value);
    }

    [Fact]
    public async Task A_printed_token_shows_nothing() => (await TokenAsync()).ToString().ShouldNotContain("dop_v1");

    public void Dispose() => _tokens.Dispose();

    private ApiTokens Two() => new(
        _vault, Options.Create(new VaultOptions { HashiCorp = new HashiCorpOptions { CredentialsField = "for-passwords" } }), _clock, NullLogger<ApiTokens>.Instance);

    private static async Task<string> ValueAsync(ApiTokens tokens, TokenPurpose purpose)
    {
        (await tokens.GetAsync(purpose, CancellationToken.None)).TryGet(out var token, out var failure).ShouldBeTrue(failure?.Message);
        return token!.Value.Reveal();
    }

    private async Task<ApiToken> TokenAsync(TokenPurpose purpose = TokenPurpose.Manage)
    {
        (await _tokens.GetAsync(purpose, CancellationToken.None)).TryGet(out var token, out var failure).ShouldBeTrue(failure?.Message);
        return token!;
    }

    private async Task<string> FailureAsync()
    {
        (await _tokens.GetAsync(TokenPurpose.Manage, CancellationToken.None)).TryGet(out _, out var failure).ShouldBeFalse();
        return failure!.Message;
    }
}
