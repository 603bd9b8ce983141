using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Records;

/// <summary>What is looked for. It changes nothing by itself: what is searched for goes into the address, and comes back from there.</summary>
public sealed partial class RecordFilters
{
    private RecordQuery? _shown;
    private string? _text;
    private string? _person;
    private string? _action;
    private string? _cluster;
    private string? _pool;
    private string? _change;
    private DateOnly? _from;
    private DateOnly? _to;

    [Parameter, EditorRequired]
    public required RecordQuery Query { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<RecordQuery> OnSearch { get; set; }

    private string Exported => (Query with { Before = null }).ToAddress();

    protected override void OnParametersSet()
    {
        if (Query == _shown)
        {
            return;
        }

        _shown = Query;
        (_text, _person, _action, _cluster, _pool) = (Query.Text, Query.Person, Query.Action, Query.Cluster, Query.Pool);
        (_change, _from, _to) = (Query.Change?.ToString(CultureInfo.InvariantCulture), Query.From, Query.To);
    }

    private Task SearchAsync() => OnSearch.InvokeAsync(RecordQuery.Read(key => key switch
    {
        "text" => _text,
        "person" => _person,
        "action" => _action,
        "cluster" => _cluster,
        "pool" => _pool,
        "change" => _change,
        "from" => _from?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "to" => _to?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null,
    }));
}
