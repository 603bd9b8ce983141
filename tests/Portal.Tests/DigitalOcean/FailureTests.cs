using System.Globalization;
using Portal.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

public sealed class FailureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301, ApiFailureKind.Rejected)]
    [InlineData(307, ApiFailureKind.Rejected)]
    [InlineData(399, ApiFailureKind.Rejected)]
    [InlineData(400, ApiFailureKind.Rejected)]
    [InlineData(401, ApiFailureKind.Unauthorized)]
    [InlineData(402, ApiFailureKind.Rejected)]
    [InlineData(403, ApiFailureKind.Forbidden)]
    [InlineData(404, ApiFailureKind.NotFound)]
    [InlineData(405, ApiFailureKind.Rejected)]
    [InlineData(408, ApiFailureKind.Unknown)]
    [InlineData(409, ApiFailureKind.Conflict)]
    [InlineData(410, ApiFailureKind.Rejected)]
    [InlineData(412, ApiFailureKind.NotReady)]
    [InlineData(413, ApiFailureKind.Rejected)]
    [InlineData(422, ApiFailureKind.Rejected)]
    [InlineData(429, ApiFailureKind.Throttled)]
    [InlineData(499, ApiFailureKind.Rejected)]
    [InlineData(500, ApiFailureKind.Unknown)]
    [InlineData(502, ApiFailureKind.Unknown)]
    [InlineData(503, ApiFailureKind.Unknown)]
    [InlineData(504, ApiFailureKind.Unknown)]
    [InlineData(522, ApiFailureKind.Unknown)]
    [InlineData(599, ApiFailureKind.Unknown)]
    public async Task Each_status_is_one_kind_of_failure_for_reads_and_changes_alike(int status, ApiFailureKind kind)
    {
        await using var server = RawServer.Answering(RawServer.Json(status, """{"id":"some_id","message":"Some words."}"""));
        using var api = Client(server.Address, new TokenList(Token, Token, Token, Token));

        foreach (var call in (Func<DigitalOceanClient, CancellationToken, Task<ApiFailure?>>[])
            [EveryCall["databases_get_connectionPool"], EveryCall["databases_add_connectionPool"]])
        {
            var failure = (await call(api, Stop)).ShouldNotBeNull();

            failure.Kind.ShouldBe(kind);
            failure.Status.ShouldBe(status);
            failure.Id.ShouldBe("some_id");
            failure.Message.ShouldBe("Some words.");
            failure.IsCertainlyNotExecuted.ShouldBe(kind is not ApiFailureKind.Unknown);
        }
    }

    [Fact]
    public async Task The_request_id_of_the_body_comes_before_that_of_the_header()
    {
        var both = await FailureForAsync(
            RawServer.Json(422, """{"id":"unprocessable_entity","message":"no","request_id":"from-body"}""", "x-request-id: from-header"));
        var header = await FailureForAsync(RawServer.Json(422, """{"id":"unprocessable_entity","message":"no"}""", "x-request-id: from-header"));
        var none = await FailureForAsync(RawServer.Json(422, """{"id":"unprocessable_entity","message":"no"}"""));

        (both.RequestId, header.RequestId, none.RequestId).ShouldBe(("from-body", "from-header", null));
    }

    [Fact]
    public async Task A_throttled_call_may_come_again_after_retry_after_in_seconds()
    {
        var clock = new ManualTimeProvider();

        var failure = await FailureForAsync(RawServer.Json(429, "{}", "retry-after: 17", "ratelimit-reset: 2000000000"), clock);

        failure.RetryAt.ShouldBe(clock.GetUtcNow().AddSeconds(17));
    }

    [Fact]
    public async Task A_throttled_call_may_come_again_at_the_date_of_retry_after() =>
        (await FailureForAsync(RawServer.Json(429, "{}", "retry-after: Mon, 23 Nov 2026 12:34:56 GMT")))
            .RetryAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 12, 34, 56, TimeSpan.Zero));

    [Fact]
    public async Task Without_retry_after_a_throttled_call_waits_for_the_reset_of_the_allowance() =>
        (await FailureForAsync(RawServer.Json(429, "{}", "ratelimit-reset: 2000000000")))
            .RetryAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(2_000_000_000));

    [Fact]
    public async Task The_reset_of_the_allowance_says_nothing_about_another_failure() =>
        (await FailureForAsync(RawServer.Json(503, "{}", "ratelimit-reset: 2000000000"))).RetryAt.ShouldBeNull();

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    [InlineData("")]
    public async Task A_retry_after_that_makes_no_sense_is_no_time(string value) =>
        (await FailureForAsync(RawServer.Json(429, "{}", $"retry-after: {value}", $"ratelimit-reset: {value}"))).RetryAt.ShouldBeNull();

    [Fact]
    public async Task The_html_page_of_a_gateway_is_named_and_not_quoted()
    {
        var failure = await FailureForAsync(
            RawServer.Text(502, "<html><h1>Bad Gateway canary</h1></html>", "Content-Type: text/html", "x-request-id: r-1"));

        failure.ShouldBe(new ApiFailure
        {
            Kind = ApiFailureKind.Unknown,
            Status = 502,
            RequestId = "r-1",
            Detail = "the answer was an HTML page",
        });
    }

    [Theory]
    [InlineData("", "the answer was empty")]
    [InlineData("404 page not found", "the answer was not an error of DigitalOcean's API")]
    [InlineData("[1]", "the answer was not an error of DigitalOcean's API")]
    [InlineData("""{"id":5}""", "the answer was not an error of DigitalOcean's API")]
    [InlineData("{}", "the answer was not an error of DigitalOcean's API")]
    public async Task A_404_that_DigitalOcean_did_not_write_does_not_prove_absence(string body, string detail)
    {
        var failure = await FailureForAsync(RawServer.Json(404, body));

        failure.Kind.ShouldBe(ApiFailureKind.NotFound);
        failure.Detail.ShouldBe(detail);
        failure.IsCertainlyAbsent.ShouldBeFalse();
    }

    [Fact]
    public async Task A_404_in_DigitalOceans_words_proves_absence() =>
        (await FailureForAsync(RawServer.Json(404, """{"id":"not_found","message":"The resource you requested could not be found."}""")))
            .IsCertainlyAbsent.ShouldBeTrue();

    [Fact]
    public async Task A_404_whose_body_was_cut_off_stays_a_404()
    {
        var failure = await FailureForAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 90\r\nConnection: close\r\nx-request-id: r-2\r\n\r\n{\"id\":");

        failure.Kind.ShouldBe(ApiFailureKind.NotFound);
        failure.RequestId.ShouldBe("r-2");
        failure.Detail.ShouldBe("the connection closed before the answer was complete");
    }

    [Fact]
    public async Task A_long_message_is_cut_and_loses_its_control_characters()
    {
        var longest = new string('a', 300);

        (await FailureForAsync(RawServer.Json(422, $$"""{"id":"x","message":"{{longest}}"}"""))).Message.ShouldBe(longest);
        (await FailureForAsync(RawServer.Json(422, $$"""{"id":"x","message":"{{longest}}a"}"""))).Message.ShouldBe(new string('a', 299) + "…");
        (await FailureForAsync(RawServer.Json(422, """{"id":"x","message":"one\r\ntwo\u001b[31m"}"""))).Message.ShouldBe("one  two [31m");
    }

    [Theory]
    [InlineData("not json", "the answer was not what was expected")]
    [InlineData("<html></html>", "the answer was not what was expected")]
    [InlineData("", "the answer was not what was expected")]
    [InlineData("null", "the answer was not what was expected")]
    [InlineData("""{"pool":{"name":"backend-pool","size":"10"}}""", "the answer was not what was expected")]
    [InlineData("{}", "the answer lacks the pool")]
    [InlineData("""{"pool":null}""", "the answer lacks the pool")]
    [InlineData("""{"pool":{"mode":"session","size":1,"db":"d"}}""", "the answer lacks the name of a pool")]
    [InlineData("""{"pool":{"name":"","mode":"session","size":1,"db":"d"}}""", "the answer lacks the name of a pool")]
    [InlineData("""{"pool":{"name":"p","size":1,"db":"d"}}""", "the answer lacks the mode of a pool")]
    [InlineData("""{"pool":{"name":"p","mode":"session","db":"d"}}""", "the answer lacks the size of a pool")]
    [InlineData("""{"pool":{"name":"p","mode":"session","size":1}}""", "the answer lacks the database of a pool")]
    public async Task A_success_that_is_not_what_was_promised_leaves_it_unknown_whether_the_pool_was_made(string body, string detail)
    {
        await using var server = RawServer.Answering(RawServer.Json(201, body, "x-request-id: r-3"));
        using var api = Client(server.Address);

        var failure = await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop));

        failure.ShouldBe(new ApiFailure { Kind = ApiFailureKind.Unknown, Status = 201, RequestId = "r-3", Detail = detail });
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("databases_update_connectionPool", 200, "<html>Back soon</html>")]
    [InlineData("databases_update_connectionPool", 202, "")]
    [InlineData("databases_delete_connectionPool", 200, "<html>Back soon</html>")]
    [InlineData("databases_delete_connectionPool", 200, "{}")]
    [InlineData("databases_reset_auth", 200, "<html>Back soon</html>")]
    [InlineData("databases_reset_auth", 200, """{"user":{}}""")]
    [InlineData("databases_reset_auth", 204, "")]
    public async Task A_friendly_page_is_not_the_answer_to_a_change(string operation, int status, string body)
    {
        await using var server = RawServer.Answering(RawServer.Text(status, body));
        using var api = Client(server.Address);

        (await EveryCall[operation](api, Stop)).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Unknown);

        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("databases_list_clusters")]
    [InlineData("databases_list_users")]
    [InlineData("databases_list")]
    [InlineData("databases_list_firewall_rules")]
    [InlineData("databases_list_replicas")]
    [InlineData("databases_list_connectionPools")]
    public async Task A_list_without_its_key_is_not_an_empty_list(string operation)
    {
        await using var server = RawServer.Answering(RawServer.Json(200, "{}"));
        using var api = Client(server.Address);

        (await EveryCall[operation](api, Stop)).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Unknown);
    }

    [Fact]
    public async Task A_success_that_was_cut_off_leaves_it_unknown_whether_the_pool_was_made()
    {
        await using var server = RawServer.Answering("HTTP/1.1 201 Created\r\nContent-Length: 900\r\nConnection: close\r\n\r\n{\"pool\":{\"name\":\"ba");
        using var api = Client(server.Address);

        var failure = (await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop))).ShouldNotBeNull();

        failure.Kind.ShouldBe(ApiFailureKind.Unknown);
        failure.Status.ShouldBe(201);
        failure.Detail.ShouldBe("the connection closed before the answer was complete");
    }

    [Fact]
    public async Task An_answer_of_ten_mebibytes_is_read_and_one_byte_more_is_refused()
    {
        string Answer(int length) => string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{PoolJson.PadRight(length)}");

        await using var server = RawServer.Answering(Answer(10 * 1024 * 1024), Answer((10 * 1024 * 1024) + 1));
        using var api = Client(server.Address);

        (await FailureOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop))).ShouldBeNull();
        var failure = (await FailureOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop))).ShouldNotBeNull();
        failure.Kind.ShouldBe(ApiFailureKind.Unknown);
        failure.Detail.ShouldBe("the answer was too large");
    }

    [Fact]
    public async Task An_answer_in_an_unheard_of_charset_is_read_as_utf8()
    {
        await using var server = RawServer.Answering(RawServer.Text(200, PoolJson, "Content-Type: application/json; charset=klingon"));
        using var api = Client(server.Address);

        (await ValueOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop))).Name.ShouldBe("backend-pool");
    }
}
