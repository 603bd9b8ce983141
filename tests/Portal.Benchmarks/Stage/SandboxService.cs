using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portal.Benchmarks.Stage;

/// <summary>The sandbox as a process, as any client of the API speaks to it.</summary>
internal sealed class SandboxService(Service service, string secretIdFile)
{
    /// <summary>One that may do everything; it opens nothing but a sandbox.</summary>
    public const string Token = "dop_v1_sandbox";

    private readonly HttpClient _client = new()
    {
        BaseAddress = service.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
    };

    public Uri Address => service.Address;

    public string SecretIdFile => secretIdFile;

    /// <summary>A call that is expected to succeed.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The number of the last call that was made; 0 before any.</summary>
    public async Task<long> LastCallAsync(CancellationToken cancellationToken)
    {
        var calls = await CallsAsync(since: 0, cancellationToken);
        return calls.Count == 0 ? 0 : calls.Max(call => call.GetProperty("sequence").GetInt64());
    }

    /// <summary>The calls to DigitalOcean's API that were made after the one of this number.</summary>
    public async Task<IReadOnlyList<JsonElement>> CallsAsync(long since, CancellationToken cancellationToken)
    {
        var ledger = await SendAsync(HttpMethod.Get, FormattableString.Invariant($"/sandbox/ledger?since={since}"), body: null, cancellationToken);
        return [.. ledger.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("path").GetString()!.StartsWith("/v2/", StringComparison.Ordinal))];
    }
}
