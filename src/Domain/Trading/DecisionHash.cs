using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Trading;

/// <summary>
/// Running SHA-256 over decisions in order: sample offset, feature bits, score, verdicts and intent. Runs with different
/// hashes decided differently. Excludes what only explains a decision: details, limits, target sizes.
/// </summary>
public sealed class DecisionHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Count { get; private set; }

    public void Append(Decision decision)
    {
        Count++;
        Add(decision.Id.Text);
        Add(decision.Sample.EventTime.UnixNanoseconds);
        Add(decision.Sample.LastSequence);
        Add((long)decision.Sample.SchemaHash);
        foreach (var value in decision.Sample.Values)
        {
            Add(BitConverter.SingleToInt32Bits(value));
        }

        Add(decision.Signal.ModelHash);
        Add(BitConverter.DoubleToInt64Bits(decision.Signal.Score));
        Add(BitConverter.DoubleToInt64Bits(decision.Signal.Confidence));
        Add((long)decision.Signal.Direction);
        foreach (var refusal in decision.Signal.Refusals)
        {
            Add(refusal.Code);
        }

        Add((long)decision.Risk.Outcome);
        foreach (var check in decision.Risk.Checks)
        {
            Add(check.Code);
            Add(check.Passed ? 1 : 0);
        }

        Add(decision.Risk.Intent);
    }

    /// <summary>Lower-case hexadecimal digest of everything so far; appending may continue.</summary>
    public string Read() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private void Add(OrderIntent? intent)
    {
        if (intent is null)
        {
            Add(0);
            return;
        }

        Add(intent.ClientOrderId);
        Add((long)intent.Side);
        Add((long)intent.Type);
        Add(intent.Quantity.Units);
        Add(intent.LimitPrice?.Units ?? -1);
    }

    private void Add(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _hash.AppendData(bytes);
    }

    private void Add(string text)
    {
        Add(text.Length);
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
