using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Portal.Benchmarks.Circuits;

/// <summary>One open page without a browser: it loads the page, opens its circuit, answers what the circuit asks of a browser, and clicks.</summary>
/// <seealso href="https://github.com/dotnet/aspnetcore/blob/v10.0.0/src/SignalR/docs/specs/HubProtocol.md"/>
internal sealed class Circuit : IAsyncDisposable
{
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Ping = 6;
    private const int Closing = 7;
    private const int WantsObject = 1;

    private static readonly byte[] Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray();
    private static readonly byte[] PingFrame = HubFrames.Frame(new PackWriter().Array(1).Integer(Ping).Written.Span);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _gone = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _clickable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Aim _aim;
    private Task _receiving = Task.CompletedTask;
    private Action<TimeSpan>? _answered;
    private Watch? _watch;
    private long _dispatcher = 1;
    private ulong _handler;
    private long _clickedAt;
    private long _calls;
    private long _clicks = -1;
    private long _received;

    private Circuit(Aim aim) => _aim = aim;

    /// <summary>Bytes that came over the socket.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Why it is of no use any more; null while it is.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the last click has had no answer yet.</summary>
    public bool IsWaiting => Interlocked.Read(ref _clickedAt) != 0;

    /// <param name="offersCompression">As a browser does; whether the server takes it up is the server's.</param>
    public static async Task<Circuit> OpenAsync(Visitor visitor, string address, Aim aim, CancellationToken cancellationToken, bool offersCompression = true)
    {
        var page = LoadedPage.Read(await visitor.LoadAsync(address, cancellationToken));
        var circuit = new Circuit(aim);
        try
        {
            await circuit.ConnectAsync(visitor, offersCompression, cancellationToken);
            var site = visitor.Site.ToString();
            await circuit.CallAsync("StartCircuit", answersTo: "0", cancellationToken, site, new Uri(visitor.Site, address).ToString(), "[]", page.State);
            await circuit._started.Task.WaitAsync(cancellationToken);
            await circuit.CallAsync("UpdateRootComponents", answersTo: null, cancellationToken, page.Operations, page.State);
            await circuit._clickable.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Clicks; <paramref name="answered"/> gets how long it took until the next drawing came.</summary>
    public Task ClickAsync(Action<TimeSpan> answered, CancellationToken cancellationToken)
    {
        _answered = answered;
        var id = Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture);
        var what = string.Create(CultureInfo.InvariantCulture, $"[{{\"eventHandlerId\":{_handler},\"eventName\":\"{_aim.Event}\",\"eventFieldInfo\":null}},{_aim.Arguments[(int)(++_clicks % _aim.Arguments.Count)]}]");
        Interlocked.Exchange(ref _clickedAt, Stopwatch.GetTimestamp());
        return CallAsync("BeginInvokeDotNetFromJS", answersTo: null, cancellationToken, id, null, "DispatchEventAsync", _dispatcher, what);
    }

    /// <summary>When a drawing with this text comes.</summary>
    /// <returns>The moment, as <see cref="Stopwatch.GetTimestamp"/> has it.</returns>
    public Task<long> WatchFor(string text)
    {
        var watch = new Watch(text, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _watch, watch);
        return watch.Seen.Task;
    }

    /// <summary>Tells the server that somebody is there; a circuit that is silent for half a minute is given up.</summary>
    public Task PingAsync(CancellationToken cancellationToken) => SendAsync(PingFrame, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // As a browser whose tab is closed: the socket goes, without a word.
        await _gone.CancelAsync();
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _gone.Dispose();
        _sending.Dispose();
    }

    private async Task ConnectAsync(Visitor visitor, bool offersCompression, CancellationToken cancellationToken)
    {
        var options = _socket.Options;
        options.SetRequestHeader("Cookie", visitor.Cookies);
        options.SetRequestHeader("Origin", visitor.Site.GetLeftPart(UriPartial.Authority));
        if (offersCompression)
        {
            options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        }

        await _socket.ConnectAsync(new UriBuilder(visitor.Site) { Scheme = "ws", Path = "/_blazor" }.Uri, cancellationToken);
        await _socket.SendAsync(Handshake, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var answer = new byte[256];
        var got = await _socket.ReceiveAsync(answer.AsMemory(), cancellationToken);
        if (Encoding.UTF8.GetString(answer, 0, got.Count) is not "{}\u001e" and var refusal)
        {
            throw new InvalidOperationException($"The hub refused: {refusal}");
        }

        _receiving = ReceiveAsync();
    }

    private async Task ReceiveAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }

                var got = await _socket.ReceiveAsync(buffer.AsMemory(length), _gone.Token);
                length += got.Count;
                Interlocked.Add(ref _received, got.Count);
                if (got.MessageType is WebSocketMessageType.Close)
                {
                    Fail("The server closed the socket.");
                    return;
                }

                if (got.EndOfMessage)
                {
                    await AnswerAsync(buffer, length);
                    length = 0;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            Fail(exception.Message);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or ArgumentOutOfRangeException)
        {
            Fail($"It sent what is not understood: {exception.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task AnswerAsync(byte[] bytes, int length)
    {
        foreach (var answer in Read(bytes.AsSpan(0, length)))
        {
            await SendAsync(answer, _gone.Token);
        }
    }

    /// <summary>Takes in what was sent.</summary>
    /// <returns>What is to be answered.</returns>
    private List<byte[]> Read(ReadOnlySpan<byte> bytes)
    {
        var answers = new List<byte[]>();
        while (HubFrames.TryTake(ref bytes, out var message))
        {
            var reader = new PackReader(message);
            var count = reader.Array();
            switch (reader.Integer())
            {
                case Invocation:
                    reader.Skip();
                    reader.Skip();
                    TakeInvocation(reader.Text()!, ref reader, answers);
                    break;
                case Completion:
                    reader.Skip();
                    reader.Skip();
                    Complete(reader.Integer(), ref reader);
                    break;
                case Closing:
                    Fail($"The server ended it: {(count > 1 ? reader.Text() : null)}");
                    break;
                default:
                    // A ping.
                    break;
            }
        }

        return answers;
    }

    private void TakeInvocation(string target, ref PackReader reader, List<byte[]> answers)
    {
        var count = reader.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var id = reader.Integer();
                TakeBatch(new RenderBatch(reader.Binary()));
                answers.Add(Message("OnRenderCompleted", answersTo: null, id, null));
                break;
            case "JS.BeginInvokeJS":
                var task = reader.Integer();
                var (identifier, arguments) = (reader.Text(), reader.Text());
                var wanted = count > 3 ? reader.Integer() : 0;
                TakeDispatcher(identifier, arguments);
                if (task != 0)
                {
                    var result = wanted == WantsObject ? "{\"__jsObjectId\":1}" : "null";
                    answers.Add(Message("EndInvokeJSFromDotNet", answersTo: null, task, true, string.Create(CultureInfo.InvariantCulture, $"[{task},true,{result}]")));
                }

                break;
            case "JS.EndInvokeDotNet":
                reader.Skip();
                if (!reader.Boolean())
                {
                    Fail($"A click was refused: {reader.Text()}");
                }

                break;
            case "JS.Error":
                Fail($"The circuit broke: {reader.Text()}");
                break;
            default:
                break;
        }
    }

    private void TakeBatch(RenderBatch batch)
    {
        var now = Stopwatch.GetTimestamp();
        if (batch.FindHandler(_aim.Attribute, _aim.Label) is > 0 and var handler)
        {
            _handler = handler;
            _clickable.TrySetResult();
        }

        if (Interlocked.Exchange(ref _clickedAt, 0) is > 0 and var clicked)
        {
            _answered?.Invoke(Stopwatch.GetElapsedTime(clicked, now));
        }

        if (Volatile.Read(ref _watch) is { } watch && batch.Contains(watch.Text))
        {
            Volatile.Write(ref _watch, null);
            watch.Seen.TrySetResult(now);
        }
    }

    // Before anything can be clicked on, the renderer hands over whom clicks go to: a reference to an object of .NET's.
    private void TakeDispatcher(string? identifier, string? arguments)
    {
        if (identifier is "Blazor._internal.attachWebRendererInterop" && arguments is not null)
        {
            using var list = JsonDocument.Parse(arguments);
            _dispatcher = list.RootElement[1].GetProperty("__dotNetObject").GetInt64();
        }
    }

    private void Complete(long kind, ref PackReader reader)
    {
        const long Error = 1;
        if (kind == Error)
        {
            Fail($"The circuit did not start: {reader.Text()}");
        }
        else
        {
            _started.TrySetResult();
        }
    }

    private void Fail(string why)
    {
        Failure ??= why;
        var exception = new InvalidOperationException(Failure);
        _started.TrySetException(exception);
        _clickable.TrySetException(exception);
        Volatile.Read(ref _watch)?.Seen.TrySetException(exception);
    }

    private Task CallAsync(string target, string? answersTo, CancellationToken cancellationToken, params ReadOnlySpan<object?> arguments) =>
        SendAsync(Message(target, answersTo, arguments), cancellationToken);

    private static byte[] Message(string target, string? answersTo, params ReadOnlySpan<object?> arguments)
    {
        var writer = new PackWriter().Array(6).Integer(Invocation).EmptyMap().Text(answersTo).Text(target).Array(arguments.Length);
        foreach (var argument in arguments)
        {
            _ = argument switch
            {
                long number => writer.Integer(number),
                bool truth => writer.Boolean(truth),
                _ => writer.Text((string?)argument),
            };
        }

        return HubFrames.Frame(writer.Array(0).Written.Span);
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    private sealed record Watch(string Text, TaskCompletionSource<long> Seen);
}

/// <summary>What is clicked on.</summary>
/// <param name="Event">Its event, as <c>click</c>.</param>
/// <param name="Label">The text behind it; null for the last one that was drawn.</param>
/// <param name="Arguments">What a browser tells of the event, as JSON; of several, one after the other.</param>
internal sealed record Aim(string Event, string? Label, IReadOnlyList<string> Arguments)
{
    private const string Mouse = "{\"detail\":1,\"screenX\":0,\"screenY\":0,\"clientX\":0,\"clientY\":0,\"offsetX\":0,\"offsetY\":0,\"pageX\":0,\"pageY\":0,\"movementX\":0,\"movementY\":0,"
        + "\"button\":0,\"buttons\":0,\"ctrlKey\":false,\"shiftKey\":false,\"altKey\":false,\"metaKey\":false,\"type\":\"click\"}";

    /// <summary>The button of the template's counter page.</summary>
    public static readonly Aim Counter = Button("Click me");

    /// <summary>The choice of a state above the list of pools: those nobody has adopted, which are all there are, and all again.</summary>
    public static readonly Aim State = new("change", "All states", ["{\"value\":\"unmanaged\"}", "{\"value\":\"\"}"]);

    public string Attribute => $"on{Event}";

    public static Aim Button(string label) => new("click", label, [Mouse]);
}
