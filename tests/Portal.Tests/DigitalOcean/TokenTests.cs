using Portal.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

public sealed class TokenTests
{
    private static readonly string Refusal = RawServer.Json(401, """{"id":"unauthorized","message":"Unable to authenticate you."}""");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> EveryCallName => TestApi.EveryCallName;

    [Theory]
    [MemberData(nameof(EveryCallName))]
    public async Task Only_the_calls_behind_a_connection_take_the_token_that_sees_passwords(string call)
    {
        var tokens = new TokenList(Token);
        await using var server = RawServer.Answering(RawServer.Json(404, "{}"));
        using var api = Client(server.Address, tokens);

        await EveryCall[call](api, Stop);

        tokens.AskedFor.ShouldHaveSingleItem().ShouldBe(
            call.Contains(", with ", StringComparison.Ordinal) ? TokenPurpose.ViewCredentials : TokenPurpose.Manage);
    }

    [Theory]
    [InlineData("account_get", "account:read")]
    [InlineData("databases_list_clusters", "database:read")]
    [InlineData("databases_get_connectionPool", "database:read")]
    [InlineData("databases_get_connectionPool, with its password", "database:view_credentials")]
    [InlineData("databases_add_connectionPool", "database:create")]
    [InlineData("databases_update_connectionPool", "database:update")]
    [InlineData("databases_delete_connectionPool", "database:delete")]
    [InlineData("databases_reset_auth", "database:update")]
    public async Task A_scope_that_is_missing_is_named(string call, string scope)
    {
        await using var server = RawServer.Answering(RawServer.Json(403, "{}"));
        using var api = Client(server.Address);

        (await EveryCall[call](api, Stop)).ShouldNotBeNull().Scope.ShouldBe(scope);
    }

    [Theory]
    [InlineData("""{"users":[{"name":"doadmin","password":"hunter2"}]}""", true)]
    [InlineData("""{"users":[{"name":"doadmin","password":""},{"name":"app","password":"hunter2"}]}""", true)]
    [InlineData("""{"users":[{"name":"doadmin","password":""},{"name":"app"},null,{"password":null},{"password":{"a":[1]}}]}""", false)]
    [InlineData("""{"users":[]}""", false)]
    public async Task Whether_a_token_sees_passwords_shows_without_keeping_one(string users, bool sees)
    {
        await using var server = RawServer.Answering(RawServer.Json(200, users));
        using var api = Client(server.Address);

        (await ValueOf(api.SeesPasswordsAsync(ClusterId, TokenPurpose.Manage, Stop))).ShouldBe(sees);
    }

    [Theory]
    [MemberData(nameof(EveryCallName))]
    public async Task A_refused_token_is_read_again_and_the_call_sent_again_even_a_change(string call)
    {
        var tokens = new TokenList("dop_v1_old", "dop_v1_new");
        await using var server = RawServer.Answering(Refusal, RawServer.Json(404, "{}"));
        using var api = Client(server.Address, tokens);

        (await EveryCall[call](api, Stop)).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.NotFound);

        tokens.Refused.ShouldBe(["v1"]);
        server.Requests.Select(request => request.Headers["Authorization"]).ShouldBe(["Bearer dop_v1_old", "Bearer dop_v1_new"]);
        server.Requests[0].Body.ShouldBe(server.Requests[1].Body);
    }

    [Theory]
    [MemberData(nameof(EveryCallName))]
    public async Task A_token_that_is_refused_again_is_not_tried_a_third_time(string call)
    {
        await using var server = RawServer.Answering(Refusal);
        using var api = Client(server.Address, new TokenList("one", "two", "three"));

        (await EveryCall[call](api, Stop)).ShouldNotBeNull().Kind.ShouldBe(ApiFailureKind.Unauthorized);

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task When_a_refused_token_has_no_successor_the_refusal_says_why()
    {
        await using var server = RawServer.Answering(Refusal);
        using var api = Client(server.Address, new TokenList("one"));

        var failure = (await FailureOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop))).ShouldNotBeNull();

        failure.Kind.ShouldBe(ApiFailureKind.Unauthorized);
        failure.Message.ShouldBe("Unable to authenticate you.");
        failure.Detail.ShouldBe("the token was refused, and there is no other: the vault is sealed");
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(EveryCallName))]
    public async Task Without_a_token_nothing_is_sent(string call)
    {
        await using var server = RawServer.Answering(RawServer.Json(200, "{}"));
        using var api = Client(server.Address, new TokenList());

        var failure = (await EveryCall[call](api, Stop)).ShouldNotBeNull();

        failure.ShouldBe(new ApiFailure { Kind = ApiFailureKind.NoToken, Detail = "the vault is sealed" });
        failure.IsCertainlyNotExecuted.ShouldBeTrue();
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("canary\n")]
    [InlineData("canary\r\nX-Evil: 1")]
    [InlineData("can ary")]
    [InlineData("canäry")]
    [InlineData("canary\0")]
    public async Task A_token_that_cannot_be_a_header_is_no_token_and_is_not_quoted(string token)
    {
        await using var server = RawServer.Answering(RawServer.Json(200, "{}"));
        using var api = Client(server.Address, new TokenList(token));

        var failure = (await FailureOf(api.GetAccountAsync(Stop))).ShouldNotBeNull();

        failure.Kind.ShouldBe(ApiFailureKind.NoToken);
        failure.ToString().ShouldNotContain("canary");
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryCallName))]
    public async Task Every_request_is_seen_with_its_id_its_allowance_and_the_version_of_its_token(string call)
    {
        var clock = new ManualTimeProvider();
        var seen = new CallList();
        await using var server = RawServer.Answering(
            Refusal,
            RawServer.Json(
                422,
                """{"id":"unprocessable_entity","message":"pool name is not available"}""",
                "x-request-id: r-20",
                "ratelimit-limit: 5000",
                "ratelimit-remaining: 4816",
                "ratelimit-reset: 1444931833"));
        using var api = Client(server.Address, new TokenList("one", "two"), clock, seen);
        api.LastSeen.ShouldBeNull();

        await EveryCall[call](api, Stop);

        var allowance = new RateLimit(5000, 4816, DateTimeOffset.FromUnixTimeSeconds(1_444_931_833));
        var method = server.Requests[0].Method;
        var operation = call.Split(',')[0];
        api.LastSeen.ShouldBe(allowance);
        seen.Calls.ShouldBe(
        [
            new ApiCall
            {
                Operation = operation,
                Method = method,
                Purpose = call.Contains("password", StringComparison.Ordinal) ? TokenPurpose.ViewCredentials : TokenPurpose.Manage,
                Status = 401,
                Failure = ApiFailureKind.Unauthorized,
                TokenVersion = "v1",
                Duration = TimeSpan.Zero,
            },
            new ApiCall
            {
                Operation = operation,
                Method = method,
                Purpose = call.Contains("password", StringComparison.Ordinal) ? TokenPurpose.ViewCredentials : TokenPurpose.Manage,
                Status = 422,
                RequestId = "r-20",
                Failure = ApiFailureKind.Rejected,
                RateLimit = allowance,
                TokenVersion = "v2",
                Duration = TimeSpan.Zero,
            },
        ]);
    }

    [Fact]
    public async Task A_success_is_seen_without_a_failure()
    {
        var seen = new CallList();
        await using var server = RawServer.Answering(RawServer.Json(200, PoolJson, "x-request-id: r-21", "ratelimit-remaining: 7"));
        using var api = Client(server.Address, observer: seen);

        await ValueOf(api.GetPoolAsync(ClusterId, "backend-pool", Stop));

        var call = seen.Calls.ShouldHaveSingleItem();
        (call.Status, call.Failure, call.RequestId).ShouldBe((200, null, "r-21"));
        call.RateLimit.ShouldBe(new RateLimit(Limit: null, Remaining: 7, ResetAt: null));
    }
}
