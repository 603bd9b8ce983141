using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Portal.Changes.Notices;

namespace Portal.Commands;

/// <summary>Whether the receiver of notices can be reached. It is sent a HEAD, which tells nobody anything; its address is not written down, because it may be a secret.</summary>
internal sealed class NoticesCheck(NoticeVault vault, IHttpClientFactory clients, IOptions<NoticesOptions> options, TimeProvider clock)
{
    private const string What = "notices";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<Found> TryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn)
        {
            yield return Found.Note(What, "no address is set (Notices:Url or Notices:UrlPath), so nothing is told");
            yield break;
        }

        if (options.Value.Format is NoticeFormat.Json)
        {
            yield return (await vault.SecretAsync(cancellationToken)).Match(
                secret => Found.Good(What, $"the secret that signs them is in the vault, version {secret.Version}"),
                failure => Found.Wrong(What, failure.Message));
        }

        if (!(await vault.AddressAsync(cancellationToken)).TryGet(out var address, out var none))
        {
            yield return Found.Wrong(What, none.Message);
            yield break;
        }

        yield return await ReachAsync(address, cancellationToken);
    }

    private async Task<Found> ReachAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var http = clients.CreateClient(NoticeDelivery.Client);
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Found.Good(What, "the receiver answers. Whether it takes a notice shows the first one");
        }
        catch (HttpRequestException exception)
        {
            return Found.Wrong(What, $"{NoticeDelivery.WordsOf(exception)} Check its address and the way there");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Found.Wrong(What, FormattableString.Invariant($"the receiver did not answer within {Patience.TotalSeconds} seconds"));
        }
    }
}
