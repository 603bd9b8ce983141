using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Portal.Sandbox;

namespace Portal.Testing;

/// <summary>An answer, read to its end.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Message => Json.GetProperty("message").GetString()!;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}

/// <summary>Speaks to the API as any client would, knowing nothing of how it is made.</summary>
internal sealed class SandboxApi : IDisposable
{
    public const string AllScopes = "dop_v1_sandbox";
    public const string NoView = "dop_v1_sandbox_noview";

    private readonly HttpClient _client;

    public SandboxApi(SandboxHost host, string? token = AllScopes)
        : this(host.Address, token)
    {
    }

    public SandboxApi(Uri address, string? token = AllScopes)
    {
        _client = new HttpClient { BaseAddress = address };
        if (token is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public static string Pools(Guid cluster) => $"/v2/databases/{cluster}/pools";

    public static string Pool(Guid cluster, string name) => $"{Pools(cluster)}/{name}";

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body));

    public Task<ApiAnswer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonSerializer.Serialize(body));

    public Task<ApiAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<ApiAnswer> AddPoolAsync(
        Guid cluster, string name, string mode = "transaction", int size = 1, string db = "defaultdb", string user = "doadmin") =>
        PostAsync(Pools(cluster), new { name, mode, size, db, user });

    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        else if (method == HttpMethod.Delete)
        {
            request.Content = new ByteArrayContent([]);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new ApiAnswer(response.StatusCode, text, response.Headers, response.Content.Headers);
    }

    public void Dispose() => _client.Dispose();
}
