using System.Text.Json;
using Portal.DigitalOcean;
using static Portal.Tests.DigitalOcean.TestApi;

namespace Portal.Tests.DigitalOcean;

public sealed class RequestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> EveryCallName => TestApi.EveryCallName;

    [Theory]
    [InlineData("a/b c%d", "a%2Fb%20c%25d")]
    [InlineData("../../account", "..%2F..%2Faccount")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("a?b=c#d", "a%3Fb%3Dc%23d")]
    [InlineData("a+b&c;d", "a%2Bb%26c%3Bd")]
    [InlineData("...", "...")]
    [InlineData("büro", "b%C3%BCro")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("{cluster}", "%7Bcluster%7D")]
    public async Task A_name_stays_one_segment_of_the_address(string name, string segment)
    {
        await using var server = RawServer.Answering(RawServer.Json(404, "{}"));
        using var api = Client(server.Address);

        await api.GetPoolAsync(ClusterId, name, Stop);
        await api.GetPoolConnectionAsync(ClusterId, name, Stop);
        await api.UpdatePoolAsync(ClusterId, name, Fields, Stop);
        await api.DeletePoolAsync(ClusterId, name, Stop);
        await api.GetUserCredentialsAsync(ClusterId, name, Stop);
        await api.ResetUserPasswordAsync(ClusterId, name, Stop);

        var path = $"/v2/databases/{ClusterId}";
        server.Requests.Select(request => $"{request.Method} {request.Target}").ShouldBe(
        [
            $"GET {path}/pools/{segment}",
            $"GET {path}/pools/{segment}",
            $"PUT {path}/pools/{segment}",
            $"DELETE {path}/pools/{segment}",
            $"GET {path}/users/{segment}",
            $"POST {path}/users/{segment}/reset_auth",
        ]);
    }

    public static TheoryData<string> NamesThatAreNoSegment => ["", ".", "..", new string('a', 256)];

    [Theory]
    [MemberData(nameof(NamesThatAreNoSegment))]
    public async Task A_name_that_would_change_the_address_is_never_sent(string name)
    {
        await using var server = RawServer.Answering(RawServer.Json(200, "{}"));
        using var api = Client(server.Address);

        ApiFailure?[] failures =
        [
            await FailureOf(api.GetPoolAsync(ClusterId, name, Stop)),
            await FailureOf(api.GetPoolConnectionAsync(ClusterId, name, Stop)),
            await FailureOf(api.UpdatePoolAsync(ClusterId, name, Fields, Stop)),
            await FailureOf(api.DeletePoolAsync(ClusterId, name, Stop)),
            await FailureOf(api.GetUserCredentialsAsync(ClusterId, name, Stop)),
            await FailureOf(api.ResetUserPasswordAsync(ClusterId, name, Stop)),
        ];

        failures.ShouldAllBe(failure => failure!.Kind == ApiFailureKind.Rejected);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_longest_name_is_sent()
    {
        await using var server = RawServer.Answering(RawServer.Json(404, "{}"));
        using var api = Client(server.Address);

        await api.GetPoolAsync(ClusterId, new string('a', 255), Stop);

        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Creating_sends_every_field()
    {
        await using var server = RawServer.Answering(RawServer.Json(201, PoolJson, "x-request-id: r-9"));
        using var api = Client(server.Address);

        var created = await ValueOf(api.CreatePoolAsync(ClusterId, BackendPool, Stop));

        created.RequestId.ShouldBe("r-9");
        created.Pool.Fields.ShouldBe(Fields);
        var request = server.Requests.ShouldHaveSingleItem();
        $"{request.Method} {request.Target}".ShouldBe($"POST /v2/databases/{ClusterId}/pools");
        request.Headers["Content-Type"].ShouldBe("application/json");
        request.Body.ShouldBe("""{"name":"backend-pool","mode":"transaction","size":10,"db":"defaultdb","user":"doadmin"}""");
    }

    [Theory]
    [InlineData(PoolMode.Transaction, "transaction")]
    [InlineData(PoolMode.Session, "session")]
    [InlineData(PoolMode.Statement, "statement")]
    public async Task Updating_sends_all_four_fields(PoolMode mode, string text)
    {
        await using var server = RawServer.Answering("HTTP/1.1 204 No Content\r\nx-request-id: r-10\r\n\r\n");
        using var api = Client(server.Address);

        var accepted = await ValueOf(api.UpdatePoolAsync(ClusterId, "backend-pool", Fields with { Mode = mode }, Stop));

        accepted.ShouldBe(new Accepted("r-10"));
        server.Requests.ShouldHaveSingleItem().Body.ShouldBe(
            $$"""{"mode":"{{text}}","size":10,"db":"defaultdb","user":"doadmin"}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task The_inbound_user_is_a_user_left_out(string? user)
    {
        await using var server = RawServer.Answering(RawServer.Json(201, PoolJson), RawServer.Text(204, ""));
        using var api = Client(server.Address);
        var inbound = Fields with { User = user };

        await ValueOf(api.CreatePoolAsync(ClusterId, new NewPool("backend-pool", inbound), Stop));
        await ValueOf(api.UpdatePoolAsync(ClusterId, "backend-pool", inbound, Stop));

        server.Requests.ShouldAllBe(request => !request.Body.Contains("user", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deleting_says_that_its_body_is_empty()
    {
        await using var server = RawServer.Answering("HTTP/1.1 204 No Content\r\nx-request-id: r-11\r\n\r\n");
        using var api = Client(server.Address);

        (await ValueOf(api.DeletePoolAsync(ClusterId, "backend-pool", Stop))).ShouldBe(new Accepted("r-11"));

        var request = server.Requests.ShouldHaveSingleItem();
        $"{request.Method} {request.Target}".ShouldBe($"DELETE /v2/databases/{ClusterId}/pools/backend-pool");
        request.Headers["Content-Length"].ShouldBe("0");
        request.Headers.ContainsKey("Content-Type").ShouldBeFalse();
    }

    [Fact]
    public async Task Resetting_a_password_sends_an_empty_object_and_keeps_nothing_of_the_new_one()
    {
        await using var server = RawServer.Answering(
            RawServer.Json(200, """{"user":{"name":"app","role":"normal","password":"hunter2"}}""", "x-request-id: r-12"));
        using var api = Client(server.Address);

        (await ValueOf(api.ResetUserPasswordAsync(ClusterId, "app", Stop))).ShouldBe(new Accepted("r-12"));

        var request = server.Requests.ShouldHaveSingleItem();
        $"{request.Method} {request.Target}".ShouldBe($"POST /v2/databases/{ClusterId}/users/app/reset_auth");
        request.Body.ShouldBe("{}");
    }

    [Fact]
    public async Task A_name_that_is_json_stays_a_name()
    {
        await using var server = RawServer.Answering(RawServer.Json(201, PoolJson));
        using var api = Client(server.Address);
        var name = """a","size":1000,"x":"\""";

        await api.CreatePoolAsync(ClusterId, new NewPool(name, Fields), Stop);

        using var body = JsonDocument.Parse(server.Requests.ShouldHaveSingleItem().Body);
        body.RootElement.GetProperty("name").GetString().ShouldBe(name);
        body.RootElement.GetProperty("size").GetInt32().ShouldBe(10);
    }

    [Theory]
    [MemberData(nameof(EveryCallName))]
    public async Task Every_call_shows_its_token_and_asks_for_json(string call)
    {
        await using var server = RawServer.Answering(RawServer.Json(404, "{}"));
        using var api = Client(server.Address);

        await EveryCall[call](api, Stop);

        var headers = server.Requests.ShouldHaveSingleItem().Headers;
        headers["Authorization"].ShouldBe($"Bearer {Token}");
        headers["Accept"].ShouldBe("application/json");
        headers["User-Agent"].ShouldStartWith("pool-portal/");
    }

    [Theory]
    [InlineData("/gateway")]
    [InlineData("/gateway/")]
    public async Task A_base_address_may_have_a_path_of_its_own(string path)
    {
        await using var server = RawServer.Answering(RawServer.Json(404, "{}"));
        using var api = Client(new Uri(server.Address, path));

        await api.GetAccountAsync(Stop);

        server.Requests.ShouldHaveSingleItem().Target.ShouldBe("/gateway/v2/account");
    }
}
