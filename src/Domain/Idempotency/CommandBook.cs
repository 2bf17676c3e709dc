using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Domain.Idempotency;

/// <summary>
/// Commands by the digest of caller and idempotency key. Invariants:
/// <list type="number">
/// <item>A command belongs to one request at a time: a repeat waits, until the first is answered, gives up or its lease ends.</item>
/// <item>An answered command is never begun again before its end.</item>
/// <item>A key is never answered with the answer to another request.</item>
/// </list>
/// Immutable; a change returns a new book.
/// </summary>
[GenerateSerializer, Immutable, Alias("CommandBook")]
public sealed record CommandBook
{
    /// <summary>Records kept; beyond it the one that began first is dropped before its end.</summary>
    public const int RecordsMax = 1_024;

    public static CommandBook Empty { get; } = new();

    [Id(0)]
    public ImmutableSortedDictionary<string, CommandRecord> Records { get; init; } =
        ImmutableSortedDictionary.Create<string, CommandRecord>(StringComparer.Ordinal);

    /// <param name="id">Digest of caller and key.</param>
    /// <param name="fingerprint">Digest of route and body.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="lease">How long the command belongs to this request.</param>
    /// <param name="keep">How long the record is kept.</param>
    public (CommandBook Book, CommandTurn Turn) Begin(string id, string fingerprint, Timestamp now, TimeSpan lease, TimeSpan keep)
    {
        if (Records.TryGetValue(id, out var known) && now < known.ExpiresAt)
        {
            return known.Fingerprint != fingerprint ? (this, new CommandTurn(CommandTurnKind.Different, known))
                : known.Answer is not null ? (this, new CommandTurn(CommandTurnKind.Replay, known))
                : now < known.LeaseUntil ? (this, new CommandTurn(CommandTurnKind.Busy, known))
                : Run(Records, id, known with { LeaseUntil = now + lease });
        }

        var records = Sweep(now).Records;
        if (records.Count >= RecordsMax)
        {
            records = records.Remove(records.MinBy(entry => entry.Value.BeganAt).Key);
        }

        return Run(records, id, new CommandRecord
        {
            Fingerprint = fingerprint,
            Operation = string.Create(CultureInfo.InvariantCulture, $"{id[..Math.Min(16, id.Length)]}-{now.UnixNanoseconds:x}"),
            BeganAt = now,
            LeaseUntil = now + lease,
            ExpiresAt = now + keep,
        });
    }

    /// <summary>Records the answer; the first one remains.</summary>
    public CommandBook Answer(string id, string operation, CommandAnswer answer) =>
        Change(id, operation, record => record with { Answer = record.Answer ?? answer });

    /// <summary>The request ended without an answer that holds: the next repeat carries the command on.</summary>
    public CommandBook Release(string id, string operation) => Change(id, operation, record => record with { LeaseUntil = record.BeganAt });

    /// <summary>Ends every lease: after a restart nobody knows whether the requests that held them still exist.</summary>
    public CommandBook ReleaseAll() => this with
    {
        Records = Records.SetItems(Records.Where(entry => entry.Value.Answer is null)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value with { LeaseUntil = entry.Value.BeganAt }))),
    };

    /// <summary>Removes the record of a command that was refused before it did anything.</summary>
    public CommandBook Forget(string id, string operation) =>
        Records.TryGetValue(id, out var record) && record.Operation == operation && record.Answer is null
            ? this with { Records = Records.Remove(id) }
            : this;

    /// <summary>Removes the records that have ended.</summary>
    public CommandBook Sweep(Timestamp now) => this with { Records = Records.RemoveRange(Records.Where(entry => now >= entry.Value.ExpiresAt).Select(entry => entry.Key)) };

    private (CommandBook Book, CommandTurn Turn) Run(ImmutableSortedDictionary<string, CommandRecord> records, string id, CommandRecord record) =>
        (this with { Records = records.SetItem(id, record) }, new CommandTurn(CommandTurnKind.Run, record));

    private CommandBook Change(string id, string operation, Func<CommandRecord, CommandRecord> change) =>
        Records.TryGetValue(id, out var record) && record.Operation == operation
            ? this with { Records = Records.SetItem(id, change(record)) }
            : this;
}
