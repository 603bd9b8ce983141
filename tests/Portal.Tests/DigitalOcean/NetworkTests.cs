using System.Net;
using System.Net.Sockets;
using Portal.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

public sealed class NetworkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> EveryUnsafeCallName => TestApi.EveryUnsafeCallName;

    [Theory]
    [MemberData(nameof(EveryUnsafeCallName))]
    public async Task A_change_is_sent_once_to_a_server_that_reads_it_and_hangs_up(string call)
    {
        await using var server = RawServer.Answering(_ => null);
        using var api = Client(server.Address);

        var failure = (await EveryCall[call](api, Stop)).ShouldNotBeNull();

        failure.Kind.ShouldBe(ApiFailureKind.Unknown);
        failure.Detail.ShouldBe("the connection closed before the answer was complete");
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(EveryUnsafeCallName))]
    public async Task A_change_is_sent_once_also_on_a_connection_that_was_good_before(string call)
    {
        await using var server = RawServer.Answering(request => request.Method == "GET" ? RawServer.Json(200, PoolJson) : null);
        using var api = Client(server.Address);
        await ValueOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop));

        (await EveryCall[call](api, Stop)).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Unknown);

        server.Requests.Count(request => request.Method != "GET").ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(EveryUnsafeCallName))]
    public async Task A_refused_connection_is_certainly_not_sent(string call)
    {
        using var nobody = Bound();
        using var api = Client(new Uri($"http://{nobody.LocalEndPoint}"));

        var failure = (await EveryCall[call](api, Stop)).ShouldNotBeNull();

        failure.Kind.ShouldBe(ApiFailureKind.NotSent);
        failure.Detail.ShouldBe("connection refused");
        failure.IsCertainlyNotExecuted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_name_that_is_not_resolved_is_certainly_not_sent()
    {
        using var api = Client(new Uri("http://nowhere.invalid"));

        (await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop))).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.NotSent);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_gets_no_request()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var hangsUp = Task.Run(async () => (await listener.AcceptTcpClientAsync(Stop)).Dispose(), Stop);
        using var api = Client(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        var failure = (await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop))).ShouldNotBeNull();

        await hangsUp;
        failure.Kind.ShouldBe(ApiFailureKind.NotSent);
        failure.Detail.ShouldBe("TLS failed");
    }

    [Fact]
    public async Task Connecting_that_takes_too_long_is_certainly_not_sent()
    {
        // Accepts, and never answers the TLS greeting.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new DigitalOceanClientOptions
        {
            BaseUrl = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"),
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            ReadRetries = 0,
        };

        foreach (var call in EveryCall.Values)
        {
            using var api = new DigitalOceanClient(options, new TokenList(Token), TimeProvider.System);
            var failure = (await call(api, Stop)).ShouldNotBeNull();

            failure.Kind.ShouldBe(ApiFailureKind.NotSent);
            failure.Detail.ShouldBe("connecting took too long");
        }
    }

    [Theory]
    [MemberData(nameof(EveryUnsafeCallName))]
    public async Task A_change_whose_time_ran_out_before_it_was_written_is_certainly_not_sent(string call)
    {
        var clock = new ManualTimeProvider();
        var connecting = new TaskCompletionSource();
        using var network = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                connecting.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
                throw new InvalidOperationException("never");
            },
        };
        using var api = new DigitalOceanClient(
            new DigitalOceanClientOptions(), new TokenList(Token), clock, observer: null, around: null, network);

        var change = EveryCall[call](api, Stop);
        await connecting.Task;
        clock.Advance(TimeSpan.FromSeconds(60));

        var failure = (await change).ShouldNotBeNull();
        failure.Kind.ShouldBe(ApiFailureKind.NotSent);
        failure.Detail.ShouldBe("time ran out before the request was sent");
    }

    [Theory]
    [MemberData(nameof(EveryUnsafeCallName))]
    public async Task A_change_without_an_answer_is_unknown_after_a_minute(string call)
    {
        var clock = new ManualTimeProvider();
        await using var server = RawServer.Answering(RawServer.Silence);
        using var api = Client(server.Address, clock: clock);

        var change = EveryCall[call](api, Stop);
        await server.Received;
        clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        change.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromTicks(1));

        var failure = (await change).ShouldNotBeNull();
        failure.Kind.ShouldBe(ApiFailureKind.Unknown);
        failure.Detail.ShouldBe("no answer in time");
    }

    [Fact]
    public async Task An_attempt_to_read_without_an_answer_ends_after_ten_seconds()
    {
        var clock = new ManualTimeProvider();
        await using var server = RawServer.Answering(RawServer.Silence);
        using var api = Client(server.Address, clock: clock);

        var read = FailureOf(api.ListClustersAsync(Stop));
        await server.Received;
        clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        read.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromTicks(1));

        (await read).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Unknown);
    }

    [Fact]
    public async Task A_body_that_stops_in_the_middle_runs_out_of_time_too()
    {
        var clock = new ManualTimeProvider();
        await using var server = RawServer.Answering("HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n{\"pool\":{");
        using var api = Client(server.Address, clock: clock);

        var change = FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop));
        await server.Received;
        clock.Advance(TimeSpan.FromSeconds(60));

        (await change).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Unknown);
    }

    [Theory]
    [InlineData("databases_list_clusters")]
    [InlineData("databases_add_connectionPool")]
    public async Task A_caller_who_cancels_gets_the_exception_it_knows(string call)
    {
        var calls = new CallList();
        await using var server = RawServer.Answering(RawServer.Silence);
        using var api = Client(server.Address, observer: calls);
        using var cancel = new CancellationTokenSource();

        var answer = EveryCall[call](api, cancel.Token);
        await server.Received;
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(answer);
        calls.Calls.ShouldHaveSingleItem().Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_redirection_is_not_followed_with_the_token()
    {
        await using var elsewhere = RawServer.Answering(RawServer.Json(200, PoolJson));
        await using var server = RawServer.Answering(RawServer.Text(307, "", $"Location: {elsewhere.Address}"));
        using var api = Client(server.Address);

        var failure = (await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop))).ShouldNotBeNull();

        failure.Kind.ShouldBe(ApiFailureKind.Rejected);
        failure.Detail.ShouldBe("a redirection, which is not followed");
        elsewhere.Requests.ShouldBeEmpty();
    }

    /// <summary>Bound, so that nobody else gets the port meanwhile, but not listening.</summary>
    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
