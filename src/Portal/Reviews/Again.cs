namespace Portal.Reviews;

/// <summary>Does some work whenever it is asked for, but never twice at once: whatever is asked for meanwhile is one more time.</summary>
/// <remarks>For open pages, which many things may want to draw anew at the same moment. Called on the page's own thread.</remarks>
internal sealed class Again(Func<Task> work)
{
    private bool _isAtIt;
    private bool _isAsked;

    public async Task AskAsync()
    {
        _isAsked = true;
        if (_isAtIt)
        {
            return;
        }

        _isAtIt = true;
        try
        {
            while (_isAsked)
            {
                _isAsked = false;
                await work();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was reading.
        }
        finally
        {
            _isAtIt = false;
        }
    }
}
