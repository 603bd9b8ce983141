using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portal.DigitalOcean.Wire;

namespace Portal.DigitalOcean.Calls;

/// <summary>The body of an unsafe call, which notes when it is asked for: before that, nothing of the request has left.</summary>
/// <remarks>
/// <c>SocketsHttpHandler</c> fills one buffer with the head and the body of an HTTP/1.1 request and sends it after the body, so a request whose
/// body was never asked for cannot have been executed. (HTTP/2 sends the head first: <see cref="CallHandler"/> keeps to 1.1.)
/// </remarks>
internal abstract class RequestBody(byte[] bytes) : HttpContent
{
    private volatile bool _writingBegan;

    /// <summary>Whether the attempt that runs, or ran last, may have reached the other side.</summary>
    public bool WritingBegan => _writingBegan;

    public void BeginAttempt() => _writingBegan = false;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _writingBegan = true;
        return stream.WriteAsync(bytes, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}

/// <summary>A wire model as JSON.</summary>
internal sealed class JsonBody<T> : RequestBody
{
    public JsonBody(T value)
        : base(JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)WireContext.Default.GetTypeInfo(typeof(T))!)) =>
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
}

/// <summary>Nothing, but said: <c>Content-Length: 0</c>.</summary>
internal sealed class EmptyBody() : RequestBody([]);
