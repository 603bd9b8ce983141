using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Portal.Inventory;

/// <summary>Stands before the network: counts what is sent, and answers in DigitalOcean's place what DigitalOcean would refuse.</summary>
/// <remarks>Every request of the client comes through here, so nothing is forgotten, whoever makes it and for whatever.</remarks>
internal sealed class BudgetHandler(CallBudget budget, CallFor whom, TimeProvider clock, HttpMessageHandler network) : DelegatingHandler(network)
{
    private const string Body = """{"id":"too_many_requests","message":"The portal held this call back: DigitalOcean's rate limit is used up."}""";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (budget.TryBegin(whom) is { } comeAgain)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling((comeAgain - clock.GetUtcNow()).TotalSeconds));
            var refusal = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
            {
                RequestMessage = request,
                Content = new StringContent(Body, Encoding.UTF8, "application/json"),
            };
            refusal.Headers.TryAddWithoutValidation(HeaderNames.RetryAfter, seconds.ToString(CultureInfo.InvariantCulture));
            return refusal;
        }

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            budget.End(whom);
        }
    }
}
