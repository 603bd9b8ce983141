using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Portal.DigitalOcean;

namespace Portal.Pools.Create;

/// <summary>On which cluster. A list that a person can look through; where there are more, with a way to find one in it.</summary>
public sealed partial class ClusterField
{
    /// <summary>Above this many clusters there is something to find them by.</summary>
    internal const int FilterFrom = 15;

    /// <summary>The list never holds more lines than this, however many there are.</summary>
    internal const int MostListed = 50;

    private const int NearlyAllPools = PoolLimits.MaximumPoolsPerCluster - 3;

    private string? _filter;
    private IReadOnlyList<ClusterChoice> _matches = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<ClusterChoice> Choices { get; set; } = null!;

    [Parameter, EditorRequired]
    public Guid? Chosen { get; set; }

    [Parameter]
    public string? Error { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<Guid?> OnChosen { get; set; }

    private ClusterChoice? Current => Choices.FirstOrDefault(choice => choice.Id == Chosen);

    // What is chosen stays in the list, or the list would show something else than what is sent.
    private IEnumerable<ClusterChoice> Listed
    {
        get
        {
            var listed = _matches.Take(MostListed);
            return Current is { } current && !listed.Any(choice => choice.Id == current.Id) ? listed.Prepend(current) : listed;
        }
    }

    private string Found => (_matches.Count, Choices.Count) switch
    {
        (0, _) => "No cluster matches. Shorten what you typed, or ask who looks after your team's clusters.",
        ( > MostListed, var all) => $"{Words(_matches.Count, all)} The first {MostListed} are listed below.",
        (var some, var all) => Words(some, all),
    };

    protected override void OnParametersSet() => Match();

    private static string Words(int some, int all) => some == all
        ? string.Create(CultureInfo.InvariantCulture, $"{all:N0} clusters.")
        : string.Create(CultureInfo.InvariantCulture, $"{some:N0} of {all:N0} clusters match.");

    // A reason is written to stand after "·" in a line of the list.
    private static string Sentence(string reason) => reason switch
    {
        _ when reason.StartsWith("has ", StringComparison.Ordinal) => $"It {reason}.",
        _ when reason.StartsWith("being ", StringComparison.Ordinal) => $"It is {reason}.",
        _ => $"It has {reason}.",
    };

    private static Guid? Id(ChangeEventArgs chosen) => Guid.TryParse(chosen.Value as string, out var id) ? id : null;

    private void Filter(string? text)
    {
        _filter = text;
        Match();
    }

    private void Match()
    {
        var words = (_filter ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        _matches = Choices.Count <= FilterFrom
            ? Choices
            : [.. Choices.Where(choice => choice.Matches(words)).OrderByDescending(choice => choice.IsNamed(words)).ThenByDescending(choice => choice.IsOurs)];
    }

    // Whoever has found the one they want need not go and choose it from a list of one.
    private async Task ChooseOnEnterAsync(KeyboardEventArgs key)
    {
        if (key.Key is "Enter" && _matches is [var only])
        {
            await OnChosen.InvokeAsync(only.Id);
        }
    }
}
