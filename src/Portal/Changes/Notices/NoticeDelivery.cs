using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace Portal.Changes.Notices;

/// <summary>Sends one notice once, and says in words why it did not arrive. The address is in none of them: it may be a secret.</summary>
internal sealed class NoticeDelivery(IHttpClientFactory clients, NoticeVault vault, IOptions<NoticesOptions> options, TimeProvider clock)
{
    public const string Client = "notices";

    /// <summary>The same for every attempt at a notice, so that a receiver that got one twice takes it once.</summary>
    public const string IdHeader = "X-Pool-Portal-Id";

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <returns>Why it did not arrive; null when it did.</returns>
    public async Task<string?> SendAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (!(await vault.AddressAsync(cancellationToken)).TryGet(out var address, out var failure))
        {
            return failure.Message;
        }

        var body = NoticeBody.Written(notice.Body, options.Value.Format);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(IdHeader, notice.Sequence.ToString(CultureInfo.InvariantCulture));
        if (options.Value.Format is NoticeFormat.Json)
        {
            if (!(await vault.SecretAsync(cancellationToken)).TryGet(out var secret, out failure))
            {
                return failure.Message;
            }

            request.Headers.Add(NoticeSignature.Header, NoticeSignature.Of(body, secret.Value, clock.GetUtcNow()));
        }

        return await SendAsync(request, cancellationToken);
    }

    private async Task<string?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var http = clients.CreateClient(Client);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)answer.StatusCode switch
            {
                >= 200 and < 300 => null,
                >= 300 and < 400 and var status => $"The receiver answered with a redirect ({status}), which is not followed. Set the address that it leads to.",
                var status => $"The receiver answered {status}.",
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The receiver did not answer within {Longest.TotalSeconds:0} seconds.";
        }
        catch (HttpRequestException exception)
        {
            return WordsOf(exception);
        }
    }

    /// <summary>Why there was no answer, without the address.</summary>
    public static string WordsOf(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "The receiver's name is not known here.",
        HttpRequestError.ConnectionError => "The receiver could not be reached.",
        HttpRequestError.SecureConnectionError => "The receiver's certificate is not trusted, or no secure connection could be made.",
        _ => "The connection to the receiver broke.",
    };
}
