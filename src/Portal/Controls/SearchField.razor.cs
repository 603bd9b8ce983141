using Microsoft.AspNetCore.Components;

namespace Portal.Controls;

/// <summary>A field that searches while somebody types, once they pause.</summary>
public sealed partial class SearchField(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _pause;
    private string? _typed;
    private string? _told;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>What is searched for now.</summary>
    [Parameter]
    public string? Value { get; set; }

    /// <summary>What was typed, after a pause; null when the field is empty.</summary>
    [Parameter, EditorRequired]
    public EventCallback<string?> OnSettled { get; set; }

    protected override void OnParametersSet()
    {
        // What comes back from the own search is older than what is being typed; anything else was changed elsewhere, for example by Back.
        if (Value != _told)
        {
            _typed = Value;
            _told = Value;
        }
    }

    private async Task SettleAsync()
    {
        _pause?.Cancel();
        _pause?.Dispose();
        _pause = new CancellationTokenSource();
        var token = _pause.Token;
        await Task.Delay(Pause, clock, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (token.IsCancellationRequested)
        {
            return;
        }

        _told = string.IsNullOrWhiteSpace(_typed) ? null : _typed.Trim();
        await OnSettled.InvokeAsync(_told);
    }

    public void Dispose()
    {
        _pause?.Cancel();
        _pause?.Dispose();
    }
}
