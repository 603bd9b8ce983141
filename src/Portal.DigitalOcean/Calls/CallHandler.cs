using System.Net;

namespace Portal.DigitalOcean.Calls;

/// <summary>Stands directly before the network: every attempt passes here, and every answer leaves here with a whole body or without one.</summary>
internal sealed class CallHandler(HttpMessageHandler network) : DelegatingHandler(network)
{
    /// <summary>An answer may have 10 MiB.</summary>
    public const int MaximumAnswerBytes = 10 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content as RequestBody;
        body?.BeginAttempt();
        request.Version = HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaximumAnswerBytes, cancellationToken);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // The status and the headers have arrived, and a 404 stays a 404 without its body.
            response.Content.Dispose();
            response.Content = new LostContent(FailureReasons.Of(broken));
        }
        catch
        {
            response.Dispose();
            throw;
        }

        // JSON is UTF-8 (RFC 8259, section 8.1); a charset that nobody knows would only make reading it fail.
        response.Content.Headers.ContentType?.CharSet = null;
        return response;
    }
}

/// <summary>Stands for a body that did not arrive whole, or was too large.</summary>
internal sealed class LostContent(string reason) : ByteArrayContent([])
{
    /// <summary>Short and fit to be shown.</summary>
    public string Reason { get; } = reason;
}
