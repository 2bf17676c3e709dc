using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace BtcAgent.Storage.Embedded;

/// <summary>Sum of the hashes of all rows. Changes of a transaction count after its commit.</summary>
internal sealed class StateDigest
{
    private readonly Dictionary<StateKey, long> _rows = [];
    private readonly Dictionary<StateKey, long> _changed = [];

    public long Value { get; private set; }

    /// <summary>The digest including the open transaction's changes.</summary>
    public long Next { get; private set; }

    public void Change(StateKey key, string? payload, long etag)
    {
        var hash = HashOf(key, payload, etag);
        Next += hash - (_changed.TryGetValue(key, out var before) ? before : _rows.GetValueOrDefault(key));
        _changed[key] = hash;
    }

    public void Commit()
    {
        foreach (var (key, hash) in _changed)
        {
            _rows[key] = hash;
        }

        _changed.Clear();
        Value = Next;
    }

    public void Rollback()
    {
        _changed.Clear();
        Next = Value;
    }

    private static long HashOf(StateKey key, string? payload, long etag)
    {
        var hash = new XxHash64(etag);
        foreach (var text in (ReadOnlySpan<string?>)[key.ServiceId, key.StateName, key.GrainKey, payload])
        {
            // The length separates adjacent texts, so that moving a character between them changes the hash.
            var length = text?.Length ?? -1;
            hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
            hash.Append(MemoryMarshal.AsBytes(text.AsSpan()));
        }

        return (long)hash.GetCurrentHashAsUInt64();
    }
}
