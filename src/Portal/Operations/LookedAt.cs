using Microsoft.AspNetCore.Components;

namespace Portal.Operations;

/// <summary>A part of a page that looks how things stand when it is opened, and again when somebody asks for it; once at a time.</summary>
public abstract class LookedAt(TimeProvider clock) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    /// <summary>When it was looked last.</summary>
    protected DateTimeOffset At { get; private set; }

    protected bool IsBusy { get; private set; }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            await LookAsync();
        }
    }

    protected async Task LookAsync()
    {
        if (IsBusy)
        {
            return;
        }

        IsBusy = true;
        try
        {
            await ReadAsync(_gone.Token);
            At = clock.GetUtcNow();
        }
        finally
        {
            IsBusy = false;
        }
    }

    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
