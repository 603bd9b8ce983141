using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portal.Benchmarks.Stage;

/// <summary>DigitalOcean's API without anything of the portal's: pools of orders-prod, by a client that believes the last answer.</summary>
/// <seealso href="https://github.com/digitalocean/godo/blob/v1.130.0/godo.go"/>
internal sealed class ApiClient : IDisposable
{
    private static readonly string Pools = $"/v2/databases/{Bench.OrdersProd}/pools";

    private readonly HttpClient _http;
    private readonly int _retries;

    /// <param name="retries">How often a call is sent again on 429, 5xx and no answer, after 1 s, 2 s, 4 s and 8 s; 4 is godo's rule, and so Terraform's and doctl's.</param>
    public ApiClient(Uri address, int retries)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxService.Token);
        _retries = retries;
    }

    /// <returns>Whether it takes the pool for made.</returns>
    public async Task<bool> CreateAsync(string name, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var answer = await TryAsync(name, cancellationToken);
            var isRepeated = answer is null or { StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError };
            if (!isRepeated || attempt == _retries)
            {
                return answer is { IsSuccessStatusCode: true } && await CanReadAsync(answer, cancellationToken);
            }

            using var wait = new PeriodicTimer(TimeSpan.FromSeconds(1 << attempt));
            await wait.WaitForNextTickAsync(cancellationToken);
        }
    }

    public async Task ListAsync(CancellationToken cancellationToken) => _ = await _http.GetByteArrayAsync(new Uri(Pools, UriKind.Relative), cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <returns>Null for no answer.</returns>
    private async Task<HttpResponseMessage?> TryAsync(string name, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Pools) { Content = JsonContent.Create(new { name, mode = "transaction", size = 1, db = "checkout", user = "app" }) };
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<bool> CanReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return false;
        }
    }
}
