using System.Text.Json;

namespace Portal.Sandbox.Control;

/// <summary>Every call that was made, in order: the oracle of a test. Rows are added before the answer leaves, and never change.</summary>
public sealed class Ledger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly StreamWriter? _file;

    internal Ledger(string? path)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            // Appended, and shared for reading: the file outlives the process, and a test reads it while it grows.
            _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SandboxSettingException($"Sandbox:LedgerPath cannot be written: {exception.Message}", exception);
        }
    }

    public IReadOnlyList<LedgerEntry> Entries => Since(0);

    /// <summary>The rows whose sequence is greater.</summary>
    public IReadOnlyList<LedgerEntry> Since(long sequence)
    {
        lock (_lock)
        {
            return sequence >= _entries.Count ? [] : _entries[(int)Math.Max(0, sequence)..];
        }
    }

    /// <summary>How many calls of this method went to a path that the pattern matches (<see cref="Fault.Path"/>).</summary>
    public int Count(HttpMethod method, string pathPattern)
    {
        ArgumentNullException.ThrowIfNull(method);
        return Entries.Count(entry => entry.Method == method.Method && Glob.Matches(pathPattern, entry.Path));
    }

    internal void Add(LedgerEntry entry)
    {
        lock (_lock)
        {
            entry = entry with { Sequence = _entries.Count + 1 };
            _entries.Add(entry);
            _file?.WriteLine(JsonSerializer.Serialize(entry, ControlJson.Options));
            _file?.Flush();
        }
    }

    public void Dispose() => _file?.Dispose();
}
