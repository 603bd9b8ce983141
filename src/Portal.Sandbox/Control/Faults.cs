namespace Portal.Sandbox.Control;

/// <summary>The faults that wait for their call.</summary>
public sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _waiting = [];

    /// <summary>What is still to come, the oldest first; <see cref="Fault.Times"/> is how often.</summary>
    public IReadOnlyList<Fault> Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _waiting];
            }
        }
    }

    /// <exception cref="ArgumentException">The fault makes no sense; the message says why.</exception>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Problem is { } problem)
        {
            throw new ArgumentException(problem, nameof(fault));
        }

        lock (_lock)
        {
            _waiting.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }
    }

    internal Fault? Take(string method, string path)
    {
        lock (_lock)
        {
            var index = _waiting.FindIndex(fault => fault.Matches(method, path));
            if (index < 0)
            {
                return null;
            }

            var fault = _waiting[index];
            if (fault.Times == 1)
            {
                _waiting.RemoveAt(index);
            }
            else
            {
                _waiting[index] = fault with { Times = fault.Times - 1 };
            }

            return fault;
        }
    }
}
