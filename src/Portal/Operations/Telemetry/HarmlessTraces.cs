using System.Diagnostics;
using OpenTelemetry;

namespace Portal.Operations.Telemetry;

/// <summary>Takes out of a trace, before it is sent, what can hold a secret or a name that nobody needs there.</summary>
/// <remarks>
/// The address of a webhook is one; a path of the vault or of DigitalOcean names secrets and pools. Of an address that is called only the host
/// stays. What was called is told by the span around it.
/// </remarks>
internal sealed class HarmlessTraces : BaseProcessor<Activity>
{
    private static readonly string[] Whole = ["url.full", "db.connection_string", "db.npgsql.data_source", "db.user"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Whole)
        {
            if (data.GetTagItem(tag) is not null)
            {
                data.SetTag(tag, null);
            }
        }
    }
}
