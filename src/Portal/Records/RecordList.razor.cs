using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Records;

/// <summary>One page of the record. What a row says at a glance is in the table; all of it unfolds.</summary>
public sealed partial class RecordList
{
    [Parameter, EditorRequired]
    public required RecordQuery Query { get; set; }

    [Parameter, EditorRequired]
    public required RecordPage Page { get; set; }

    private static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
