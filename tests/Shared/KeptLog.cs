using System.Text;
using Microsoft.Extensions.Logging;

namespace Portal.Testing;

/// <summary>Everything that is logged, at every level, in a file to be searched afterwards.</summary>
internal sealed class KeptLog(string path) : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file = new(path, append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    private bool _isClosed;

    public ILogger CreateLogger(string categoryName) => new Pen(this, categoryName);

    /// <summary>All that was written up to this moment.</summary>
    public string Read()
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _file.Flush();
            }
        }

        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            _file.Dispose();
        }
    }

    private void Write(string category, LogLevel level, string text, Exception? exception)
    {
        lock (_lock)
        {
            // The last words of an application come after its log is closed.
            if (_isClosed)
            {
                return;
            }

            _file.WriteLine($"{level} {category}: {text} {exception}");
        }
    }

    private sealed class Pen(KeptLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            log.Write(category, logLevel, $"{formatter(state, exception)} {values}", exception);
        }
    }
}
