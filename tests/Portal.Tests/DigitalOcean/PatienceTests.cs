using System.Net;
using Portal.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

/// <summary>What is tried again and what is not, how many at once, and when a host is left alone.</summary>
public sealed class PatienceTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CallList _calls = new();
    private readonly List<HttpMessageHandler> _networks = [];
    private int _sent;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> EveryUnsafeCallName => TestApi.EveryUnsafeCallName;

    public void Dispose() => _networks.ForEach(network => network.Dispose());

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_repeated_three_times_after_what_may_pass(int status)
    {
        using var api = Client(_ => Answer(status));

        (await InTimeAsync(FailureOf(api.ListClustersAsync(Stop)))).ShouldNotBeNull().Status.ShouldBe(status);

        _sent.ShouldBe(4);
        _calls.Calls.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_read_that_got_no_answer_is_repeated_and_its_answer_counts()
    {
        using var api = Client(n => n < 3 ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : Answer(200, PoolJson));

        (await InTimeAsync(ValueOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop)))).Name.ShouldBe("backend-pool");

        _sent.ShouldBe(4);
        _calls.Calls.Count(call => call.Failure is ApiFailureKind.Unknown).ShouldBe(3);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(422)]
    public async Task An_answer_in_words_is_not_asked_for_again(int status)
    {
        using var api = Client(_ => Answer(status));

        (await FailureOf(api.ListClustersAsync(Stop))).ShouldNotBeNull().Status.ShouldBe(status);

        _sent.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(EveryUnsafeCallName))]
    public async Task A_change_is_sent_once_whatever_comes_of_it(string call)
    {
        foreach (var status in new[] { 408, 429, 500, 503 })
        {
            _sent = 0;
            using var api = Client(_ => Answer(status, "{}", ("retry-after", "0")));

            (await EveryCall[call](api, Stop)).ShouldNotBeNull().Status.ShouldBe(status);

            _sent.ShouldBe(1);
        }

        _sent = 0;
        using var unreachable = Client(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        (await EveryCall[call](unreachable, Stop)).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.NotSent);
        _sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_short_limit_is_waited_for_and_not_a_moment_less()
    {
        using var api = Client(n => n == 0 ? Answer(429, "{}", ("retry-after", "7")) : Answer(200, PoolJson));

        var read = ValueOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop));
        _clock.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
        _sent.ShouldBe(1);
        _clock.Advance(TimeSpan.FromTicks(1));

        (await read).Name.ShouldBe("backend-pool");
        _sent.ShouldBe(2);
    }

    [Fact]
    public async Task A_limit_that_lasts_longer_than_the_call_may_is_told_at_once()
    {
        var reset = _clock.GetUtcNow().AddMinutes(20);
        using var api = Client(_ => Answer(429, "{}", ("ratelimit-reset", $"{reset.ToUnixTimeSeconds()}")));

        var failure = (await FailureOf(api.ListClustersAsync(Stop))).ShouldNotBeNull();

        failure.Kind.ShouldBe(ApiFailureKind.Throttled);
        failure.RetryAt.ShouldBe(reset);
        _sent.ShouldBe(1);
    }

    [Fact]
    public async Task A_read_that_never_gets_an_answer_ends_after_thirty_seconds_in_all()
    {
        using var sent = new SemaphoreSlim(0);
        using var api = Client(new Network(async (_, attempt) =>
        {
            sent.Release();
            await new TaskCompletionSource().Task.WaitAsync(attempt);
            throw new InvalidOperationException("never");
        }));

        var read = FailureOf(api.ListClustersAsync(Stop));
        await sent.WaitAsync(Stop);
        _clock.Advance(TimeSpan.FromSeconds(10));
        read.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(20));

        var failure = (await read).ShouldNotBeNull();
        failure.Kind.ShouldBe(ApiFailureKind.Unknown);
        failure.Detail.ShouldBe("no answer in time");
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_left_alone_by_every_client_until_a_probe_gets_through()
    {
        var isDown = true;
        var breaker = new ApiBreaker(_clock);
        using var people = Client(_ => isDown ? Answer(503) : Answer(200, PoolJson), breaker, retries: 0);
        using var background = Client(_ => isDown ? Answer(503) : Answer(200, PoolJson), breaker, retries: 0);
        for (var i = 0; i < 10; i++)
        {
            (await FailureOf(people.ListClustersAsync(Stop))).ShouldNotBeNull().Status.ShouldBe(503);
        }

        breaker.IsOpen.ShouldBeTrue();
        foreach (var call in EveryCall.Values)
        {
            var failure = (await call(background, Stop)).ShouldNotBeNull();
            failure.Kind.ShouldBe(ApiFailureKind.NotSent);
            failure.IsCertainlyNotExecuted.ShouldBeTrue();
            failure.RetryAt.ShouldBe(_clock.GetUtcNow().AddSeconds(15));
        }

        _sent.ShouldBe(10);
        isDown = false;
        _clock.Advance(TimeSpan.FromSeconds(15));

        (await ValueOf(background.GetPoolAsync(ClusterId, "backend-pool", Stop))).Name.ShouldBe("backend-pool");
        (await ValueOf(people.GetPoolAsync(ClusterId, "backend-pool", Stop))).Name.ShouldBe("backend-pool");
        breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public async Task A_probe_that_fails_leaves_the_host_alone_for_as_long_again()
    {
        var breaker = new ApiBreaker(_clock);
        using var api = Client(_ => Answer(503), breaker, retries: 0);
        for (var i = 0; i < 10; i++)
        {
            await FailureOf(api.ListClustersAsync(Stop));
        }

        _clock.Advance(TimeSpan.FromSeconds(15));
        (await FailureOf(api.ListClustersAsync(Stop))).ShouldNotBeNull().Status.ShouldBe(503);
        (await FailureOf(api.ListClustersAsync(Stop))).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.NotSent);

        _sent.ShouldBe(11);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(429)]
    public async Task Answers_in_words_are_no_reason_to_leave_a_host_alone(int status)
    {
        var breaker = new ApiBreaker(_clock);
        using var api = Client(_ => Answer(status), breaker, retries: 0, tokens: [.. Enumerable.Repeat(Token, 100)]);
        for (var i = 0; i < 30; i++)
        {
            await FailureOf(api.ListClustersAsync(Stop));
        }

        breaker.IsOpen.ShouldBeFalse();
    }

    [Theory]
    [InlineData("databases_list_clusters", 8)]
    [InlineData("databases_add_connectionPool", 4)]
    public async Task So_many_are_under_way_at_once_sixty_four_wait_and_more_are_turned_away(string call, int atOnce)
    {
        var gate = new TaskCompletionSource();
        var under = 0;
        var most = 0;
        using var api = Client(new Network(async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref under));
            await gate.Task;
            Interlocked.Decrement(ref under);
            return Answer(404);
        }));

        var calls = Enumerable.Range(0, atOnce + 64).Select(_ => EveryCall[call](api, Stop)).ToList();
        under.ShouldBe(atOnce);
        var turnedAway = (await InTimeAsync(EveryCall[call](api, Stop))).ShouldNotBeNull();
        turnedAway.Kind.ShouldBe(ApiFailureKind.NotSent);
        turnedAway.Detail.ShouldBe("too many calls at once");
        gate.SetResult();

        (await Task.WhenAll(calls)).ShouldAllBe(failure => failure!.Kind == ApiFailureKind.NotFound);
        most.ShouldBe(atOnce);
    }

    [Fact]
    public async Task A_change_that_waits_for_its_turn_too_long_was_certainly_not_sent()
    {
        using var sent = new SemaphoreSlim(0);
        var ninthIsOver = new TaskCompletionSource();
        var requests = 0;
        using var api = Client(new Network(async (request, attempt) =>
        {
            var number = Interlocked.Increment(ref requests);
            await request.Content!.CopyToAsync(Stream.Null, Stop);
            sent.Release();
            // The second four end at the same moment as the ninth's time: they give their turn back only when that is over.
            await (number <= 4 ? new TaskCompletionSource().Task.WaitAsync(attempt) : ninthIsOver.Task);
            attempt.ThrowIfCancellationRequested();
            throw new InvalidOperationException("never");
        }));

        // Four have their turn for a minute, four more until the time of all is over, and the ninth never.
        var calls = Enumerable.Range(0, 9).Select(_ => FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop))).ToList();
        await FourAsync();
        _clock.Advance(TimeSpan.FromSeconds(60));
        await FourAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        await calls[8];
        ninthIsOver.SetResult();
        var failures = await Task.WhenAll(calls);

        failures.Count(failure => failure!.Kind is ApiFailureKind.Unknown).ShouldBe(8);
        var last = failures[8].ShouldNotBeNull();
        last.Kind.ShouldBe(ApiFailureKind.NotSent);
        last.Detail.ShouldBe("time ran out before the request was sent");

        async Task FourAsync()
        {
            for (var i = 0; i < 4; i++)
            {
                await sent.WaitAsync(Stop);
            }
        }
    }

    private DigitalOceanClient Client(Func<int, HttpResponseMessage> answer, ApiBreaker? breaker = null, int retries = 3, params string[] tokens) => Client(
        new Network((_, _) => Task.FromResult(answer(_sent++))), breaker, retries, tokens);

    private DigitalOceanClient Client(HttpMessageHandler network, ApiBreaker? breaker = null, int retries = 3, params string[] tokens)
    {
        _networks.Add(network);
        return new DigitalOceanClient(
            new DigitalOceanClientOptions { ReadRetries = retries },
            new TokenList(tokens.Length == 0 ? [Token, Token] : tokens),
            _clock,
            _calls,
            around: null,
            network,
            breaker);
    }

    private static HttpResponseMessage Answer(int status, string body = "{}", params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    /// <summary>Moves the clock until the call is over, as time would.</summary>
    private async Task<T> InTimeAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await call;
    }

    private sealed class Network(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }
}
