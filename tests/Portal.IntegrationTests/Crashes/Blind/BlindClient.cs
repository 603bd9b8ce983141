using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.IntegrationTests.Crashes;

/// <summary>A client as most are: it sends what failed again, whatever it was, and believes the last answer.</summary>
/// <remarks>
/// godo's rule: on 429, 5xx and no answer up to four more times, each wait twice as long, POST, PUT and DELETE alike. Terraform's provider and doctl stand on it.
/// Its waits are 1 to 30 seconds; here they are milliseconds, which changes nothing of what it does.
/// </remarks>
/// <seealso href="https://github.com/digitalocean/godo/blob/v1.130.0/godo.go"/>
internal sealed class BlindClient : IDisposable
{
    private const int Retries = 4;

    private readonly HttpClient _http;

    public BlindClient(Uri address)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SandboxApi.AllScopes);
    }

    /// <returns>Whether it takes the change for done.</returns>
    public async Task<bool> DoAsync(PlannedChange change)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var answer = await SendAsync(change);
            var isRepeated = answer is null or { StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError };
            if (!isRepeated || attempt == Retries)
            {
                return answer is { IsSuccessStatusCode: true } && await CanReadAsync(answer);
            }

            using var wait = new PeriodicTimer(TimeSpan.FromMilliseconds(1 << attempt));
            await wait.WaitForNextTickAsync();
        }
    }

    public void Dispose() => _http.Dispose();

    /// <returns>Null for no answer.</returns>
    private async Task<HttpResponseMessage?> SendAsync(PlannedChange change)
    {
        using var request = new HttpRequestMessage(change.Method!, change.Path) { Content = Body(change) };
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>An answer that began well and cannot be read is an error that is not repeated: so it is in godo.</summary>
    private static async Task<bool> CanReadAsync(HttpResponseMessage answer)
    {
        try
        {
            var body = await answer.Content.ReadAsStringAsync();
            using var json = answer.StatusCode is HttpStatusCode.NoContent ? null : JsonDocument.Parse(body);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return false;
        }
    }

    private static StringContent Body(PlannedChange change) => new(
        change.Kind switch
        {
            ChangeKind.Create => JsonSerializer.Serialize(new { name = change.Pool, mode = change.Wanted.Mode.ToApiText(), size = change.Wanted.Size, db = change.Wanted.Database, user = change.Wanted.User }),
            ChangeKind.Resize or ChangeKind.Edit => JsonSerializer.Serialize(new { mode = change.Wanted.Mode.ToApiText(), size = change.Wanted.Size, db = change.Wanted.Database, user = change.Wanted.User }),
            ChangeKind.ResetPassword => "{}",
            _ => "",
        },
        Encoding.UTF8,
        "application/json");
}
