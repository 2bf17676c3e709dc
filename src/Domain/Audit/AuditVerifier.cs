namespace BtcAgent.Domain.Audit;

/// <summary>
/// Verifies the chain over the stored bytes, line by line, and names each place where it is broken. Invariants of a whole chain:
/// <list type="number">
/// <item>Each line's content has the line's hash.</item>
/// <item>Each line has the number after the line before, over all days.</item>
/// <item>Each line contains the hash of the line before, on the first line of a day that of the last line of an earlier day.</item>
/// <item>The last line is the one that the head names, if the head is known.</item>
/// </list>
/// </summary>
public sealed class AuditVerifier
{
    /// <summary>Faults kept; the further ones are counted only.</summary>
    public const int FaultsMax = 1_000;

    private readonly List<AuditFault> _faults = [];
    private string _day = "";
    private long _line;
    private AuditHead _last = AuditHead.Genesis;
    private string? _computed;
    private bool _isHashKnown = true;

    /// <summary>Entries read.</summary>
    public long Entries { get; private set; }

    /// <summary>All faults, including those not kept.</summary>
    public long FaultCount { get; private set; }

    public IReadOnlyList<AuditFault> Faults => _faults;

    /// <summary>The last entry read.</summary>
    public AuditHead Last => _last;

    /// <summary>The first file to be verified is not the first of the chain: its first line is believed.</summary>
    public bool IsPart { get; init; }

    public void BeginDay(string day) => (_day, _line) = (day, 0);

    public void Add(ReadOnlySpan<byte> line)
    {
        _line++;
        var expected = _last.Sequence + 1;
        if (!AuditFormat.TryReadPlace(line, out var previous, out var sequence, out var hash))
        {
            // Counts as the expected entry, so that the following ones are not reported too.
            Report(expected, $"the line is not an entry, although entry {expected} should be here: it was changed or cut off");
            Move(expected, null, null);
            return;
        }

        Entries++;
        var computed = AuditFormat.ComputeHash(line);
        var isFirst = Entries == 1 && IsPart;
        if (computed != hash)
        {
            // Its number cannot be believed either.
            expected = isFirst ? sequence : expected;
            Report(expected, $"entry {expected} was changed: its content has the hash {computed}, not {hash}");
            Move(expected, hash, computed);
            return;
        }

        if (isFirst || CheckPlace(previous, sequence))
        {
            Move(sequence, hash, hash);
        }
    }

    /// <param name="head">The last entry as recorded beside the files; null when that record is missing.</param>
    /// <param name="entriesMayFollow">True while an agent may be writing: entries after the head are not a fault.</param>
    public void End(AuditHead? head, bool entriesMayFollow = true)
    {
        if (head is null)
        {
            return;
        }

        _line = 0;
        if (head.Sequence > _last.Sequence)
        {
            Report(_last.Sequence + 1, Missing(_last.Sequence + 1, head.Sequence, "at the end"));
        }
        else if (head.Sequence == _last.Sequence ? _isHashKnown && head.Hash != _last.Hash && head.Hash != _computed : !entriesMayFollow)
        {
            Report(_last.Sequence, $"the last entry is {_last.Sequence} with the hash {_last.Hash}, not {head.Sequence} with {head.Hash}");
        }
    }

    /// <returns>False for an entry that is out of order: the next one is compared with the entry before it.</returns>
    private bool CheckPlace(string previous, long sequence)
    {
        var expected = _last.Sequence + 1;
        if (sequence < expected)
        {
            Report(sequence, $"entry {sequence} is out of order: it follows entry {_last.Sequence}");
            return false;
        }

        if (sequence > expected)
        {
            Report(expected, Missing(expected, sequence - 1, $"before entry {sequence}"));
        }
        else if (_isHashKnown && previous != _last.Hash && previous != _computed)
        {
            // A changed entry was reported by itself, whichever of its content and its hash was changed.
            Report(sequence, $"entry {sequence} does not follow from entry {_last.Sequence}: it contains the hash {previous}, not {_last.Hash}");
        }

        return true;
    }

    private void Move(long sequence, string? hash, string? computed) =>
        (_last, _computed, _isHashKnown) = (new AuditHead(sequence, hash ?? "", _day), computed, hash is not null);

    private static string Missing(long first, long last, string where) =>
        first == last ? $"entry {first} is missing {where}" : $"entries {first} to {last} are missing {where}";

    private void Report(long sequence, string problem)
    {
        FaultCount++;
        if (_faults.Count < FaultsMax)
        {
            _faults.Add(new AuditFault(_day, _line, sequence, problem));
        }
    }
}
