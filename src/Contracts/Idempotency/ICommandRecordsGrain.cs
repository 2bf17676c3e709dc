using System.Globalization;
using BtcAgent.Domain.Idempotency;

namespace BtcAgent.Contracts.Idempotency;

/// <summary>
/// Key: the first two digits of the digest of caller and idempotency key, <c>00</c>…<c>ff</c>. Records commands and their answers.
/// </summary>
[Alias("ICommandRecordsGrain")]
public interface ICommandRecordsGrain : IGrainWithStringKey
{
    /// <summary>The keys of all these grains.</summary>
    static IEnumerable<string> Keys => Enumerable.Range(0, 256).Select(number => number.ToString("x2", CultureInfo.InvariantCulture));

    /// <summary>The grain of a digest.</summary>
    static string KeyOf(string id) => id[..2];

    /// <summary>
    /// Begins a command, and stores that before it returns. While another request carries it out, waits for its answer.
    /// </summary>
    /// <param name="id">Digest of caller and key, in lower-case hexadecimal.</param>
    /// <param name="fingerprint">Digest of route and body.</param>
    /// <param name="keep">How long the record is kept.</param>
    /// <param name="wait">Longest wait for the answer to another request.</param>
    [Alias("Begin")]
    Task<CommandTurn> Begin(string id, string fingerprint, TimeSpan keep, TimeSpan wait);

    /// <summary>Stores the answer before it returns.</summary>
    [Alias("Answer")]
    Task Answer(string id, string operation, CommandAnswer answer);

    /// <summary>The command ended without an answer that holds; the next repeat carries it on.</summary>
    [Alias("Release")]
    Task Release(string id, string operation);

    /// <summary>The command was refused before it did anything: removes its record.</summary>
    [Alias("Forget")]
    Task Forget(string id, string operation);

    /// <summary>Removes the records that have ended.</summary>
    [Alias("Sweep")]
    Task Sweep();
}
