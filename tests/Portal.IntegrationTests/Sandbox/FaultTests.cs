using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Sandbox;

public sealed class FaultTests : IAsyncLifetime
{
    private static readonly Guid Orders = SandboxClusters.OrdersProd;
    private SandboxHost _host = null!;
    private SandboxApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ColdSandbox.StartAsync();
        _api = new SandboxApi(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_status_is_answered_once_and_nothing_has_happened()
    {
        On("POST", new Fault { Path = "*/pools", Kind = FaultKind.Status, Status = 503 });

        var answer = await AddAsync();

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Message.ShouldBe("Service is currently unavailable.");
        answer.Header("x-request-id").ShouldNotBeNull();
        Last.Fault.ShouldBe(FaultKind.Status);
        Last.Effect.ShouldBe(Effect.None);
        (await AddAsync()).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_status_after_the_effect_hides_that_it_took_place()
    {
        On("POST", new Fault { Path = "*/pools", Kind = FaultKind.StatusAfterEffect, Status = 500, Body = JsonSerializer.SerializeToElement("oh no") });

        var answer = await AddAsync();

        answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Body.ShouldBe("oh no");
        Last.Effect.ShouldBe(Effect.Created);
        Last.Status.ShouldBe(500);
        (await ExistsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_that_is_dropped_before_has_not_happened()
    {
        On("POST", new Fault { Path = "*/pools", Kind = FaultKind.DropBefore });

        await Should.ThrowAsync<HttpRequestException>(AddAsync);

        Last.Delivery.ShouldBe(Delivery.Dropped);
        Last.Status.ShouldBeNull();
        Last.Effect.ShouldBe(Effect.None);
        (await ExistsAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("POST", Effect.Created)]
    [InlineData("PUT", Effect.Updated)]
    [InlineData("DELETE", Effect.Deleted)]
    public async Task A_call_that_is_dropped_after_has_happened_once(string method, Effect effect)
    {
        if (method != "POST")
        {
            await AddAsync();
        }

        On(method, new Fault { Path = "*/pools*", Kind = FaultKind.DropAfter });

        await Should.ThrowAsync<HttpRequestException>(() => method switch
        {
            "POST" => AddAsync(),
            "PUT" => _api.PutAsync(SandboxApi.Pool(Orders, "faulty"), new { mode = "session", size = 2, db = "orders", user = "app" }),
            _ => _api.DeleteAsync(SandboxApi.Pool(Orders, "faulty")),
        });

        Last.Delivery.ShouldBe(Delivery.Dropped);
        Last.Effect.ShouldBe(effect);
        (await ExistsAsync()).ShouldBe(method != "DELETE");
        _host.Ledger.Count(new HttpMethod(method), "*/pools*").ShouldBe(1);
    }

    [Fact]
    public async Task A_truncated_answer_announces_more_than_it_brings()
    {
        On("POST", new Fault { Path = "*/pools", Kind = FaultKind.Truncate });

        using var client = new HttpClient { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", SandboxApi.AllScopes);
        using var request = new HttpRequestMessage(HttpMethod.Post, SandboxApi.Pools(Orders))
        {
            Content = new StringContent("""{"name":"faulty","mode":"session","size":1,"db":"orders"}"""),
        };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Content.Headers.ContentLength.ShouldNotBeNull().ShouldBeGreaterThan(100);
        await Should.ThrowAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Last.Delivery.ShouldBe(Delivery.Truncated);
        Last.Effect.ShouldBe(Effect.Created);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_malformed_answer_is_a_success_that_is_no_json(string method)
    {
        await AddAsync();
        On(method, new Fault { Path = "*/pools/*", Kind = FaultKind.Malformed });

        var answer = await _api.SendAsync(new HttpMethod(method), SandboxApi.Pool(Orders, "faulty"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        Should.Throw<JsonException>(() => answer.Json);
    }

    [Fact]
    public async Task An_empty_answer_is_a_success_that_says_nothing()
    {
        On("POST", new Fault { Path = "*/pools", Kind = FaultKind.Empty });

        var answer = await AddAsync();

        answer.Status.ShouldBe(HttpStatusCode.Created);
        answer.Body.ShouldBeEmpty();
        (await ExistsAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_gateways_page_is_html_and_has_nothing_of_the_api()
    {
        On("GET", new Fault { Path = "/v2/account", Kind = FaultKind.Html });

        var answer = await _api.GetAsync("/v2/account");

        answer.Status.ShouldBe(HttpStatusCode.BadGateway);
        answer.ContentHeaders.ContentType!.MediaType.ShouldBe("text/html");
        answer.Body.ShouldStartWith("<!DOCTYPE html>");
        answer.Header("x-request-id").ShouldBeNull();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(2500, "3")]
    public async Task Throttling_says_how_long_to_wait_when_it_is_told_to(int? delayMs, string? retryAfter)
    {
        On("GET", new Fault { Path = "/v2/account", Kind = FaultKind.Throttle, DelayMs = delayMs });

        var answer = await _api.GetAsync("/v2/account");

        answer.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Message.ShouldBe("API rate limit exceeded.");
        answer.Header("retry-after").ShouldBe(retryAfter);
        answer.Header("ratelimit-remaining").ShouldBe("0");
    }

    [Theory]
    [InlineData(FaultKind.Delay)]
    [InlineData(FaultKind.DelayAfterEffect)]
    public async Task A_delayed_call_is_answered_later_as_if_nothing_were_wrong(FaultKind kind)
    {
        On("POST", new Fault { Path = "*/pools", Kind = kind, DelayMs = 200 });
        var watch = Stopwatch.StartNew();

        var answer = await AddAsync();

        answer.Status.ShouldBe(HttpStatusCode.Created);
        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task A_delayed_call_takes_effect_although_its_caller_has_gone()
    {
        On("POST", new Fault { Path = "*/pools", Kind = FaultKind.Delay, DelayMs = 1000 });
        using var client = new HttpClient { BaseAddress = _host.Address };
        using var gone = new CancellationTokenSource();
        client.DefaultRequestHeaders.Authorization = new("Bearer", SandboxApi.AllScopes);
        using var content = new StringContent("""{"name":"faulty","mode":"session","size":1,"db":"orders"}""");

        var call = client.PostAsync(SandboxApi.Pools(Orders), content, gone.Token);
        await Eventually.BecomesTrueAsync("the call is being delayed", () => _host.Faults.Waiting.Count == 0, TimeSpan.FromSeconds(10));
        await gone.CancelAsync();

        await Should.ThrowAsync<TaskCanceledException>(() => call);
        await Eventually.BecomesTrueAsync("the pool is there", ExistsAsync, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_fault_takes_the_path_and_the_method_it_names_as_often_as_it_says()
    {
        On("GET", new Fault { Path = "/v2/databases/*/pools", Kind = FaultKind.Status, Times = 2, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-fault"] = "yes" } });

        (await _api.GetAsync("/v2/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await _api.GetAsync(SandboxApi.Pool(Orders, "x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await AddAsync()).Status.ShouldBe(HttpStatusCode.Created);
        (await _api.GetAsync(SandboxApi.Pools(Orders))).Header("x-fault").ShouldBe("yes");
        (await _api.GetAsync(SandboxApi.Pools(Orders))).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await _api.GetAsync(SandboxApi.Pools(Orders))).Status.ShouldBe(HttpStatusCode.OK);
        _host.Faults.Waiting.ShouldBeEmpty();
    }

    [Fact]
    public async Task Faults_come_listed_and_go_over_http()
    {
        using var client = new HttpClient { BaseAddress = _host.Address };
        using var content = new StringContent(
            """{"method":"POST","path":"*/pools","times":3,"kind":"statusAfterEffect","status":500,"body":{"id":"x"},"headers":{"x-a":"b"}}""",
            System.Text.Encoding.UTF8,
            "application/json");

        (await client.PostAsync("/sandbox/faults", content, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var waiting = JsonDocument.Parse(await client.GetStringAsync("/sandbox/faults", TestContext.Current.CancellationToken)).RootElement.GetProperty("faults")[0];
        waiting.GetProperty("kind").GetString().ShouldBe("statusAfterEffect");
        waiting.GetProperty("times").GetInt32().ShouldBe(3);
        (await client.DeleteAsync("/sandbox/faults", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await AddAsync()).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{"path":"*","kind":"nonsense"}""")]
    [InlineData("""{"path":"*","kind":"status","times":0}""")]
    [InlineData("""{"path":"*","kind":"status","status":99}""")]
    [InlineData("""{"path":"*","kind":"delay"}""")]
    [InlineData("""{"kind":"status"}""")]
    [InlineData("""{"path":"*","kind":"status","surprise":1}""")]
    [InlineData("not json")]
    public async Task A_fault_that_makes_no_sense_is_refused(string body)
    {
        using var client = new HttpClient { BaseAddress = _host.Address };
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        (await client.PostAsync("/sandbox/faults", content, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _host.Faults.Waiting.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/sys/health")]
    [InlineData("/oidc/jwks")]
    public async Task The_vault_and_the_sign_in_can_fail_too(string path)
    {
        On("GET", new Fault { Path = path, Kind = FaultKind.Status, Status = 503 });

        (await _api.GetAsync(path)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await _api.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private LedgerEntry Last => _host.Ledger.Entries[^1];

    private void On(string method, Fault fault) => _host.Faults.Add(fault with { Method = method });

    private Task<ApiAnswer> AddAsync() => _api.AddPoolAsync(Orders, "faulty");

    private async Task<bool> ExistsAsync() => (await _api.GetAsync(SandboxApi.Pool(Orders, "faulty"))).Status == HttpStatusCode.OK;
}
