using System.Diagnostics.Tracing;
using System.Reflection;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Knows by what .NET's own HTTP client tells where a call to DigitalOcean is.</summary>
internal sealed class CallWatch : EventListener
{
    private static readonly AsyncLocal<bool> IsUnsafeCall = new();

    public static void Hear(string name, object? data)
    {
        if (data is null || Property<HttpRequestMessage>(data, "Request") is not { RequestUri: { } address } request || !address.AbsolutePath.StartsWith("/v2/", StringComparison.Ordinal))
        {
            return;
        }

        var isUnsafe = request.Method != HttpMethod.Get;
        switch (name)
        {
            case "System.Net.Http.HttpRequestOut.Start":
                IsUnsafeCall.Value = isUnsafe;
                if (!isUnsafe && address.AbsolutePath.Contains("/pools/", StringComparison.Ordinal))
                {
                    KillSwitch.Reach(KillPoint.InReadBack);
                }

                break;
            case "System.Net.Http.HttpRequestOut.Stop" when isUnsafe:
                KillSwitch.Reach(KillPoint.AfterAnswer);
                break;
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "System.Net.Http")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    /// <summary>The client begins to wait for the head of the answer: the request is out.</summary>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == "ResponseHeadersStart" && IsUnsafeCall.Value)
        {
            KillSwitch.Reach(KillPoint.AfterSend);
        }
    }

    private static T? Property<T>(object data, string name)
        where T : class => data.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.GetValue(data) as T;
}
