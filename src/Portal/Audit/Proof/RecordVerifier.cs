namespace Portal.Audit;

/// <summary>Reads a record from its beginning and says whether it is whole: row by row, and against what lies outside of the rows.</summary>
/// <remarks>Rows come in the order in which they are kept, each checkpoint after the row that it covers. Not for several threads at once.</remarks>
internal sealed class RecordVerifier
{
    private const int MostFindings = 100;

    private readonly List<RecordFinding> _findings = [];
    private readonly List<(long First, long Last)> _gaps = [];
    private readonly long _first;
    private readonly Func<long, byte[]?> _headOf;
    private readonly IReadOnlyList<RecordKey> _keys;
    private long _expected;
    private byte[] _lastHash;
    private bool _isLinkKnown = true;
    private bool _isBeginningKnown;
    private AuditCheckpoint? _lastCheckpoint;
    private long _promised;
    private long _rows;
    private long _proved;
    private string? _provedBy;
    private int _checkpoints;
    private int _unchecked;
    private int _findingCount;

    /// <param name="first">The number that the first row should have.</param>
    /// <param name="before">The hash of the row before that one; zeros when there was none.</param>
    /// <param name="headOf">The hash that a head outside says of a row; null when it says nothing.</param>
    /// <param name="keys">Whose signatures count. Without any, signatures are not checked.</param>
    public RecordVerifier(long first, byte[] before, Func<long, byte[]?> headOf, IReadOnlyList<RecordKey> keys)
    {
        _first = _expected = first;
        _lastHash = before;
        _headOf = headOf;
        _keys = keys;
        _isBeginningKnown = (first == 1 ? AuditChain.Nothing : headOf(first - 1)).AsSpan().SequenceEqual(before);
    }

    /// <summary>Rows were left out by a filter.</summary>
    public bool IsPart { get; init; }

    /// <summary>A checkpoint of another key than the given ones is wrong. Otherwise it is only not checked: keys are replaced in the course of time.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The number of the last row that was read.</summary>
    public long LastSequence => _expected - 1;

    public byte[] LastHash => _lastHash;

    /// <summary>Rows in their order, and the checkpoints among them. The rows' hashes, which are most of the work, are counted by all processors.</summary>
    public void Add(IReadOnlyList<AuditRow> rows, IReadOnlyList<AuditCheckpoint> checkpoints)
    {
        var holds = new bool[rows.Count];
        Parallel.For(0, rows.Count, index => holds[index] = AuditChain.Holds(rows[index]));
        var next = AddCheckpoints(checkpoints, 0, LastSequence);
        for (var index = 0; index < rows.Count; index++)
        {
            Add(rows[index], holds[index]);
            next = AddCheckpoints(checkpoints, next, rows[index].Sequence);
        }

        AddCheckpoints(checkpoints, next, long.MaxValue);
    }

    /// <param name="holds">Whether <see cref="AuditChain.Holds"/> of the row.</param>
    public void Add(AuditRow row, bool holds)
    {
        _rows++;
        if (row.Sequence < _expected)
        {
            FindMisplaced(row.Sequence);
            return;
        }

        if (row.Sequence > _expected && !IsPart)
        {
            FindGap(_expected, row.Sequence - 1);
        }

        if (!holds)
        {
            Find(row.Sequence, FindingKind.Changed, $"Row {row.Sequence} was changed: it does not say what its hash was made of.");
        }
        else if (_isLinkKnown && row.Sequence == _expected && !row.PreviousHash.AsSpan().SequenceEqual(_lastHash))
        {
            FindBrokenLink(row.Sequence);
        }

        // Of a row that is wrong, the next one's link says nothing new.
        _isLinkKnown = holds;
        _expected = row.Sequence + 1;
        _lastHash = row.Hash;
        if (holds)
        {
            CompareHead(row.Sequence, row.Hash);
        }
    }

    public void Add(AuditCheckpoint checkpoint)
    {
        if (checkpoint.Sequence == _lastCheckpoint?.Sequence && checkpoint.Signature.AsSpan().SequenceEqual(_lastCheckpoint.Signature))
        {
            // The end of one file and the beginning of the next.
            return;
        }

        _promised = Math.Max(_promised, checkpoint.Sequence);
        if (checkpoint.Sequence == LastSequence && !checkpoint.Hash.AsSpan().SequenceEqual(_lastHash))
        {
            Find(Suspect, FindingKind.Rewritten, $"The checkpoint over row {checkpoint.Sequence} has another hash: {Unproved(checkpoint.Sequence)} written anew.");
        }
        else if (checkpoint.Sequence < LastSequence)
        {
            Find(checkpoint.Sequence, FindingKind.Reordered, $"The checkpoint over row {checkpoint.Sequence} does not stand behind that row.");
        }

        if (_lastCheckpoint is not null || _first == 1)
        {
            CompareChain(checkpoint);
        }

        _lastCheckpoint = checkpoint;
        CheckSignature(checkpoint);
    }

    /// <summary>A line of a file that is no row, no checkpoint, nothing.</summary>
    public void AddUnreadable(long line)
    {
        Find(_expected, FindingKind.Unreadable, $"Line {line} cannot be read; it should be row {_expected}.");
        _isLinkKnown = false;
    }

    /// <summary>Something outside of the rows is wrong that speaks for all rows up to the last.</summary>
    public void AddBadEnd(string words) => Find(Suspect, FindingKind.Signature, words);

    /// <summary>Something outside of the rows speaks for all of them up to the last.</summary>
    public void AddGoodEnd(string what) => Prove(LastSequence, what);

    /// <summary>What is to be said now.</summary>
    /// <param name="lastHead">The highest head outside that is known; 0 when there is none.</param>
    public RecordReport Report(long lastHead)
    {
        var findings = _findings.ToList();
        var promised = IsPart ? 0 : Math.Max(lastHead, _promised);
        if (promised > LastSequence)
        {
            findings.Add(new RecordFinding(
                LastSequence + 1, FindingKind.Cut, $"{RecordReport.Range(LastSequence + 1, promised)} cut off: {(lastHead == promised ? "a head outside" : "a checkpoint")} says that there was a row {promised}."));
        }

        if (!_isBeginningKnown && !IsPart)
        {
            findings.Add(_first == 1
                ? new RecordFinding(1, FindingKind.Cut, "The record does not begin with nothing before its first row.")
                : new RecordFinding(_first - 1, FindingKind.Cut, $"Rows before {_first} are gone, and no checkpoint says with which hash they ended."));
        }

        return new RecordReport
        {
            First = _first,
            Last = LastSequence,
            Rows = _rows,
            IsPart = IsPart,
            ProvedThrough = _proved,
            ProvedBy = _provedBy,
            Checkpoints = _checkpoints,
            UncheckedCheckpoints = _unchecked,
            Findings = findings,
            FindingCount = _findingCount + findings.Count - _findings.Count,
        };
    }

    private int AddCheckpoints(IReadOnlyList<AuditCheckpoint> checkpoints, int next, long through)
    {
        while (next < checkpoints.Count && checkpoints[next].Sequence <= through)
        {
            Add(checkpoints[next++]);
        }

        return next;
    }

    private void CompareHead(long sequence, byte[] hash)
    {
        if (_headOf(sequence) is not { } head)
        {
            return;
        }

        if (!head.AsSpan().SequenceEqual(hash))
        {
            Find(Suspect, FindingKind.Rewritten, $"The head outside of row {sequence} is another one: {Unproved(sequence)} written anew.");
        }
        else if (!IsPart)
        {
            Prove(sequence, "a head outside");
        }
    }

    private void CompareChain(AuditCheckpoint checkpoint)
    {
        if (!checkpoint.Previous.AsSpan().SequenceEqual(Checkpoints.After(_lastCheckpoint)))
        {
            Find(checkpoint.Sequence, FindingKind.Signature, $"The checkpoint over row {checkpoint.Sequence} does not follow from the one before it: one is missing or was made anew.");
        }
    }

    private void CheckSignature(AuditCheckpoint checkpoint)
    {
        var isKnown = _keys.Any(key => key.Id == checkpoint.KeyId);
        if (!isKnown && !IsStrict)
        {
            _unchecked++;
            return;
        }

        if (!_keys.Any(checkpoint.IsSignedBy))
        {
            var why = isKnown ? "is not good" : "is of a key that was not given";
            Find(checkpoint.Sequence, FindingKind.Signature, $"The signature of the checkpoint over row {checkpoint.Sequence} {why} ({checkpoint.KeyId}).");
            return;
        }

        _checkpoints++;
        if (checkpoint.Hash.AsSpan().SequenceEqual(_lastHash) && checkpoint.Sequence == LastSequence)
        {
            _isBeginningKnown |= checkpoint.Sequence == _first - 1;
            Prove(checkpoint.Sequence, "a checkpoint");
        }
    }

    private void Prove(long sequence, string what)
    {
        if (_findingCount == 0 && sequence >= _first)
        {
            (_proved, _provedBy) = (sequence, what);
        }
    }

    private void FindGap(long from, long to)
    {
        _gaps.Add((from, to));
        Find(from, FindingKind.Missing, from == to ? $"Row {from} is missing." : $"Rows {from} to {to} are missing.");
        _isLinkKnown = false;
    }

    private void FindMisplaced(long sequence)
    {
        if (_gaps.Exists(gap => sequence >= gap.First && sequence <= gap.Last))
        {
            _findings.RemoveAll(finding => finding.Kind is FindingKind.Missing && finding.Row == sequence);
        }

        Find(sequence, FindingKind.Reordered, $"Row {sequence} does not stand at its place.");
    }

    // The row names another hash than the one before it has: it is the one before that is not what it was, unless something outside speaks for that one.
    private void FindBrokenLink(long sequence)
    {
        var touched = sequence == _first || _proved == sequence - 1 ? sequence : sequence - 1;
        Find(touched, FindingKind.Rewritten, $"Row {touched} was written anew: row {sequence} does not follow from row {sequence - 1}.");
    }

    /// <summary>The first row that may be wrong when it is only known that one is; not before one that is known to be.</summary>
    private long Suspect => Math.Max(Math.Max(_first, _proved + 1), _findings.Count == 0 ? 0 : _findings[^1].Row);

    private string Unproved(long through) => Suspect >= through ? $"row {through} was" : $"row {through}, or rows from {Suspect} on, were";

    private void Find(long row, FindingKind kind, string words)
    {
        _findingCount++;
        if (_findings.Count < MostFindings)
        {
            _findings.Add(new RecordFinding(Math.Max(row, kind is FindingKind.Cut ? 0 : _first), kind, words));
        }
    }
}
