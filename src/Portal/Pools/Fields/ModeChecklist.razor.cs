using Microsoft.AspNetCore.Components;
using Portal.DigitalOcean;

namespace Portal.Pools.Fields;

/// <summary>Which mode an app needs, by what it uses. It proposes; only the person switches.</summary>
public sealed partial class ModeChecklist
{
    private ElementReference _answer;
    private bool _wasAnswered;

    [Parameter, EditorRequired]
    public PoolMode Mode { get; set; }

    /// <summary>The keys of what is ticked.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Answers { get; set; } = [];

    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyList<string>> OnAnswered { get; set; }

    /// <summary>The proposal was taken.</summary>
    [Parameter, EditorRequired]
    public EventCallback<PoolMode> OnChosen { get; set; }

    private bool NeedsSession => Answers.Any(answer => answer != SessionFeature.None);

    private bool Has(string key) => Answers.Contains(key, StringComparer.Ordinal);

    // Open for who answered before a reload; afterwards it is theirs to open and to close.
    protected override void OnInitialized() => _wasAnswered = Answers.Count > 0;

    private Task TickAsync(string key, ChangeEventArgs box) => OnAnswered.InvokeAsync(SessionFeature.Answer(Answers, key, box.Value is true));

    private async Task ProposeAsync(PoolMode mode)
    {
        // The button that had the focus is gone with what it did.
        await OnChosen.InvokeAsync(mode);
        await _answer.FocusAsync();
    }
}
