using System.Diagnostics;

namespace Portal.DigitalOcean.Calls;

/// <summary>The trace of one request, with the id by which DigitalOcean's support finds it. Nothing while nobody traces.</summary>
internal static class ApiTrace
{
    private static readonly ActivitySource Source = new("Portal.DigitalOcean");

    /// <remarks>Named by the operation and never by the address, which has the names of pools and users.</remarks>
    public static Activity? Begin(Operation operation) => Source.StartActivity(operation.Id)?.SetTag("http.request.method", operation.Method.Method);

    public static void End(Activity? trace, AnswerHead? head, ApiFailure? failure)
    {
        if (trace is null)
        {
            return;
        }

        trace.SetTag("http.response.status_code", head?.Status);
        trace.SetTag("digitalocean.request_id", failure?.RequestId ?? head?.RequestId);
        if (failure is not null)
        {
            trace.SetTag("error.type", failure.Kind.ToString());
            trace.SetStatus(ActivityStatusCode.Error);
        }
    }
}
