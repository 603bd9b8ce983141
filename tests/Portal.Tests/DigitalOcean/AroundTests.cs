using System.Net;
using Portal.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

/// <summary>Handlers that stand around the one that sends, as a resilience pipeline would.</summary>
public sealed class AroundTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_around_may_answer_by_itself()
    {
        await using var server = RawServer.Answering(RawServer.Json(200, PoolJson));
        using var api = new DigitalOceanClient(
            new DigitalOceanClientOptions { BaseUrl = server.Address },
            new TokenList(Token),
            TimeProvider.System,
            observer: null,
            around: _ => new Handler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.TooManyRequests))));

        (await FailureOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop))).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Throttled);

        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, ApiFailureKind.Unknown)]
    [InlineData(false, ApiFailureKind.NotSent)]
    public async Task Whether_a_repeated_change_was_sent_is_told_of_its_last_attempt(bool isWritten, ApiFailureKind kind)
    {
        var attempts = 0;
        using var network = new Handler(async (request, cancellationToken) =>
        {
            attempts++;
            if (attempts == 1 || isWritten)
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            }

            return attempts == 1 ? new HttpResponseMessage(HttpStatusCode.TooManyRequests) : throw new HttpRequestException("canary");
        });
        using var api = new DigitalOceanClient(
            new DigitalOceanClientOptions(), new TokenList(Token), TimeProvider.System, observer: null, around: inner => new Twice(inner), network);

        var failure = (await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop))).ShouldNotBeNull();

        attempts.ShouldBe(2);
        failure.Kind.ShouldBe(kind);
        failure.Detail.ShouldBe("the connection was lost");
    }

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request, cancellationToken);
    }

    private sealed class Twice(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
