using System.Collections.Concurrent;
using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Wire;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using Confluent.Kafka;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Reads topic risk_decisions like an external consumer, and records when each decision arrived.</summary>
internal sealed class DecisionLog : IDisposable
{
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<(long At, Decision Decision)> _seen = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Thread _thread;

    public DecisionLog(string broker, int partitions)
    {
        _thread = new Thread(() => Read(broker, partitions)) { IsBackground = true, Name = "decision log" };
        _thread.Start();
    }

    public IReadOnlyCollection<(long At, Decision Decision)> Seen => _seen;

    /// <summary>Client order ids of approved decisions.</summary>
    public HashSet<string> Intents => [.. _seen.Where(s => s.Decision.Risk.Outcome == RiskOutcome.Approved)
        .Select(s => s.Decision.Risk.Intent!.ClientOrderId)];

    /// <summary>Counts of outcomes, refusals and failed checks of decisions after a moment.</summary>
    /// <param name="ticks">Clock ticks; 0 for all.</param>
    public string Reasons(long ticks = 0) => string.Join(", ", _seen.Where(s => s.At > ticks)
        .SelectMany(s => s.Decision.Signal.Refusals.Select(r => r.Code)
            .Concat(s.Decision.Risk.Checks.Where(c => !c.Passed).Select(c => c.Code))
            .Append(s.Decision.Risk.Outcome.ToString()))
        .GroupBy(code => code).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"));

    /// <summary>State of the breaker in the last decision; null when none has it.</summary>
    public BreakerState? Breaker => _seen.LastOrDefault(s => s.Decision.Risk.Evidence is not null).Decision?.Risk.Evidence?.State.Breaker;

    public int Doubled => _seen.Count - _seen.Select(s => s.Decision.Id).Distinct().Count();

    /// <summary>Returns the clock ticks of the first decision after this moment; null when there is none.</summary>
    public long? FirstAfter(long ticks) => _seen.Where(s => s.At > ticks).Select(s => (long?)s.At).Min();

    public void Dispose()
    {
        _stopping.Cancel();
        _thread.Join();
        _stopping.Dispose();
    }

    private void Read(string broker, int partitions)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = broker,
            GroupId = "drill",
            EnableAutoCommit = false,
            ReconnectBackoffMaxMs = 500,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(StreamNames.Decisions, p, Offset.Beginning)));
        while (!_stopping.IsCancellationRequested)
        {
            if (consumer.Consume(PollMax) is { } result)
            {
                _seen.Enqueue((TimeProvider.System.GetTimestamp(), FactsWire.DecodeDecision(result.Message.Value)));
            }
        }
    }
}
