using BtcAgent.Cli.Output;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Trading;
using Confluent.Kafka;
using Google.Protobuf;
using WireDecision = BtcAgent.Contracts.Wire.V1.RiskDecision;

namespace BtcAgent.Cli.Replays;

/// <summary>Finds decisions on their topic.</summary>
internal sealed class DecisionLog(KafkaTopic topic)
{
    /// <summary>The newest of all decisions.</summary>
    public const string Latest = "latest";

    /// <summary>The newest decision with an approved order.</summary>
    public const string LatestOrder = "latest-order";

    /// <param name="wanted">An id, <see cref="Latest"/> or <see cref="LatestOrder"/>.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="ReplayException">The decision is not found.</exception>
    public LoggedDecision Find(string wanted, CancellationToken cancellationToken)
    {
        (WireDecision Wire, int Partition, long Offset)? found = null;
        for (var partition = 0; partition < topic.Partitions; partition++)
        {
            var (first, next) = topic.RangeOf(partition);
            foreach (var result in topic.Read(partition, first, next, cancellationToken))
            {
                if (Parse(result) is not { } wire || !IsWanted(wire, wanted) || wire.EventTime < found?.Wire.EventTime)
                {
                    continue;
                }

                found = (wire, partition, result.Offset.Value);
                if (wire.Id == wanted)
                {
                    return Logged(found.Value);
                }
            }
        }

        return found is { } newest
            ? Logged(newest)
            : throw new ReplayException(wanted switch
            {
                Latest => $"topic '{topic.Name}' contains no decision",
                LatestOrder => $"topic '{topic.Name}' contains no decision with an order",
                _ => $"no decision '{wanted}' on topic '{topic.Name}': check the id, or try --decision {Latest}; older ones are kept for Kafka:RetentionHours only",
            });
    }

    /// <summary>
    /// Returns the earlier decisions of the strategy since its model was opened, in order and each once. For a decision without
    /// that time, returns all decisions in the log.
    /// </summary>
    public IReadOnlyList<Decision> HistoryOf(LoggedDecision logged, CancellationToken cancellationToken)
    {
        var decision = logged.Decision;
        var since = decision.Signal.ModelSince.UnixNanoseconds;
        var until = decision.Sample.EventTime.UnixNanoseconds;
        var history = new SortedDictionary<long, Decision>();
        if (since == until)
        {
            return [];
        }

        foreach (var result in topic.Read(logged.Partition, topic.RangeOf(logged.Partition).First, logged.Offset, cancellationToken))
        {
            if (Parse(result) is { } wire && wire.EventTime >= since && wire.EventTime < until
                && wire.Portfolio == decision.Portfolio && wire.Strategy == decision.Signal.Strategy
                && wire.Instrument == decision.Sample.Instrument.Key && wire.ModelHash == decision.Signal.ModelHash)
            {
                history.TryAdd(wire.EventTime, Decode(result));
            }
        }

        return [.. history.Values];
    }

    private static bool IsWanted(WireDecision wire, string wanted) =>
        wanted == Latest || (wanted == LatestOrder ? wire.Intent is not null : wire.Id == wanted);

    /// <summary>Returns null for a message that is not a decision, which the agent counts as a dead letter.</summary>
    private static WireDecision? Parse(ConsumeResult<byte[]?, byte[]?> result)
    {
        try
        {
            return result.Message.Value is { } data ? WireDecision.Parser.ParseFrom(data) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private LoggedDecision Logged((WireDecision Wire, int Partition, long Offset) found) =>
        new(Decode(found.Wire.ToByteArray(), found.Offset), found.Partition, found.Offset);

    private Decision Decode(ConsumeResult<byte[]?, byte[]?> result) => Decode(result.Message.Value!, result.Offset.Value);

    private Decision Decode(byte[] data, long offset)
    {
        try
        {
            return FactsWire.DecodeDecision(data);
        }
        catch (FormatException e)
        {
            throw new ReplayException($"message {offset} of topic '{topic.Name}' has another version: {e.Message}");
        }
    }
}
