using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>Which secret is in memory; not the secret.</summary>
/// <param name="ReadAt">When the vault gave it last.</param>
/// <param name="Since">When the vault gave this version first, as far as this process knows.</param>
internal sealed record KeptVersion(string Version, DateTimeOffset ReadAt, DateTimeOffset Since);

/// <summary>One secret of the vault, kept in memory: read by one caller at a time, read anew when it is old or was refused.</summary>
/// <param name="what">What the secret is, for the log.</param>
/// <param name="cacheFor">For how long it is used without asking the vault.</param>
internal sealed class KeptSecret(IVault vault, string what, string path, string field, TimeSpan cacheFor, TimeProvider clock, ILogger logger) : IDisposable
{
    /// <summary>How long a vault may be down before the portal stops with it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>How long a failed reading stands for the callers that waited for it.</summary>
    public static readonly TimeSpan FailureStands = TimeSpan.FromSeconds(2);

    /// <summary>How often a vault that is down is asked again while the kept secret is good.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    /// <summary>How often a secret that the vault still holds, although it was refused, makes the vault be asked.</summary>
    public static readonly TimeSpan RefusalsApart = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _lock = new();
    private State _state = new();

    /// <summary>Why the secret is used although the vault did not give it when it was asked last, and until when; null while all is well.</summary>
    public (VaultFailure Failure, DateTimeOffset Until)? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _state is { Last: not null, KeptDespite: { } failure } ? (failure, _state.ReadAt + cacheFor + Grace) : null;
            }
        }
    }

    /// <summary>Null while none is kept.</summary>
    public KeptVersion? Kept
    {
        get
        {
            lock (_lock)
            {
                return _state.Last is { } last ? new KeptVersion(last.Version, _state.ReadAt, _state.Since) : null;
            }
        }
    }

    public async ValueTask<Result<VaultSecret, VaultFailure>> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await ReadAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The one whom the secret is for did not take it. Nothing happens when a newer one has been read meanwhile.</summary>
    public void Refuse(Secret secret)
    {
        lock (_lock)
        {
            if (_state.Last is not { } last || !last.Value.Equals(secret))
            {
                return;
            }

            var readAgainAlready = secret.Equals(_state.Refused) && clock.GetUtcNow() < _state.ReadAt + RefusalsApart;
            if (readAgainAlready)
            {
                return;
            }

            _state = new State { Refused = secret };
            logger.SecretRefused(what, last.Version);
        }
    }

    public void Dispose() => _one.Dispose();

    private Result<VaultSecret, VaultFailure>? Fresh()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            return _state switch
            {
                { Last: { } last } when now < _state.UseUntil => last,
                { Failure: { } failure } when now < _state.UseUntil => failure,
                _ => null,
            };
        }
    }

    private async Task<Result<VaultSecret, VaultFailure>> ReadAsync(CancellationToken cancellationToken)
    {
        State before;
        lock (_lock)
        {
            before = _state;
        }

        var answer = await vault.ReadAsync(path, field, cancellationToken);
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            // Refused while the vault was asked: what it said is newer than the refusal or the same secret, and either way the next to know.
            var refused = _state.Refused;
            if (answer.TryGet(out var read, out var failure))
            {
                if (before.Last?.Version != read.Version)
                {
                    logger.SecretRead(what, read.Version);
                }

                _state = new State { Last = read, ReadAt = now, Since = before.Last?.Version == read.Version ? before.Since : now, UseUntil = now + cacheFor, Refused = refused };
                return read;
            }

            if (_state.Last is { } last && now < _state.ReadAt + cacheFor + Grace)
            {
                var until = _state.ReadAt + cacheFor + Grace;
                logger.SecretKept(failure.Message, what, last.Version, until);
                _state = _state with { UseUntil = now + AskAgainAfter < until ? now + AskAgainAfter : until, KeptDespite = failure };
                return last;
            }

            logger.NoSecret(what, failure.Message);
            _state = new State { Failure = failure, UseUntil = now + FailureStands, Refused = refused };
            return failure;
        }
    }

    private sealed record State
    {
        public VaultSecret? Last { get; init; }

        public DateTimeOffset ReadAt { get; init; }

        /// <summary>When this version was read first.</summary>
        public DateTimeOffset Since { get; init; }

        public VaultFailure? Failure { get; init; }

        public VaultFailure? KeptDespite { get; init; }

        public DateTimeOffset UseUntil { get; init; }

        public Secret? Refused { get; init; }
    }
}
