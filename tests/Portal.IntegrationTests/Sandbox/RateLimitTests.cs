using System.Globalization;
using System.Net;

namespace Portal.IntegrationTests.Sandbox;

public sealed class RateLimitTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Every_answer_carries_the_headers_of_the_api()
    {
        await using var host = await ColdSandbox.StartAsync(clock: _clock);
        using var api = new SandboxApi(host);

        var first = await api.GetAsync("/v2/account");
        _clock.Advance(TimeSpan.FromSeconds(10));
        var second = await api.GetAsync("/v2/nothing");

        first.Header("ratelimit-limit").ShouldBe("5000");
        first.Header("ratelimit-remaining").ShouldBe("4999");
        second.Header("ratelimit-remaining").ShouldBe("4998");
        var oldest = _clock.GetUtcNow().AddSeconds(-10);
        second.Header("ratelimit-reset").ShouldBe(oldest.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        Guid.TryParse(first.Header("x-request-id"), out _).ShouldBeTrue();
        first.Header("x-gateway").ShouldBe("Edge-Gateway");
        first.Header("x-response-from").ShouldBe("service");
        first.ContentHeaders.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
    }

    [Fact]
    public async Task The_limit_of_a_minute_says_how_long_to_wait_and_slides()
    {
        await using var host = await ColdSandbox.StartAsync(options => options with { RequestsPerMinute = 2 }, _clock);
        using var api = new SandboxApi(host);
        await api.GetAsync("/v2/account");
        _clock.Advance(TimeSpan.FromSeconds(20));
        await api.GetAsync("/v2/account");

        var refused = await api.GetAsync("/v2/account");
        _clock.Advance(TimeSpan.FromSeconds(39));
        var stillRefused = await api.GetAsync("/v2/account");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var taken = await api.GetAsync("/v2/account");

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Json.GetProperty("id").GetString().ShouldBe("too_many_requests");
        refused.Message.ShouldBe("API rate limit exceeded.");
        refused.Header("retry-after").ShouldBe("40");
        refused.Header("ratelimit-remaining").ShouldBe("0");
        stillRefused.Header("retry-after").ShouldBe("1");
        taken.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_limit_of_an_hour_does_not_say_how_long_to_wait()
    {
        await using var host = await ColdSandbox.StartAsync(options => options with { RequestsPerHour = 1 }, _clock);
        using var api = new SandboxApi(host);
        await api.GetAsync("/v2/account");

        var refused = await api.GetAsync("/v2/account");
        _clock.Advance(TimeSpan.FromHours(1));

        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Header("retry-after").ShouldBeNull();
        (await api.GetAsync("/v2/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Each_token_has_a_limit_of_its_own()
    {
        await using var host = await ColdSandbox.StartAsync(options => options with { RequestsPerMinute = 1 }, _clock);
        using var api = new SandboxApi(host);
        using var other = new SandboxApi(host, SandboxApi.NoView);

        await api.GetAsync("/v2/account");

        (await other.GetAsync("/v2/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await api.GetAsync("/v2/account")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }
}
