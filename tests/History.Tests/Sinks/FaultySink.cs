using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using Google.Protobuf;

namespace BtcAgent.History.Tests.Sinks;

/// <summary>Stores names of facts; each of its steps may fail, before or after its effect. Collects up to five batches.</summary>
internal sealed class FaultySink(Random random, double failureRate) : IFactSink
{
    private readonly List<string> _collected = [];
    private long? _checkpoint;
    private long _collectedTo;
    private int _batches;

    /// <summary>Names that are stored durably.</summary>
    public List<string> Stored { get; } = [];

    public int Failures { get; private set; }

    /// <summary>Calls of <see cref="WriteAsync"/>.</summary>
    public int Writes { get; private set; }

    public bool IsDown { get; set; }

    /// <summary>The log may have lost facts.</summary>
    public bool MayMiss { get; init; }

    public string Name => "faulty";

    public FactTopic Topic { get; init; } = FactTopic.AgentEvents;

    /// <summary>The names that are stored of a fact.</summary>
    public Func<IMessage, IEnumerable<string>> NamesOf { get; init; } = message => [((AgentEvent)message).Name];

    public IReadOnlyCollection<FactTopic> Topics => [Topic];

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        _collected.Clear();
        _batches = 0;
        MayFail("open");
        return Task.CompletedTask;
    }

    public Task<long?> CheckpointAsync(LogPartition partition, CancellationToken cancellationToken)
    {
        MayFail("checkpoint");
        return Task.FromResult(_checkpoint);
    }

    public Task WriteAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        MayFail("write");
        Writes++;
        var expected = _batches > 0 ? _collectedTo : _checkpoint ?? batch.First;
        Assert.True(MayMiss ? batch.First >= expected : batch.First == expected, $"a batch from {batch.First}, expected {expected}");
        _collected.AddRange(batch.Facts.SelectMany(fact => NamesOf(fact.Message)));
        _collectedTo = batch.Next;
        if (++_batches >= random.Next(1, 6))
        {
            Store();
        }

        return Task.CompletedTask;
    }

    public Task FlushAsync(bool everything, CancellationToken cancellationToken)
    {
        if (everything && _batches > 0)
        {
            Store();
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Store()
    {
        MayFail("store");
        Stored.AddRange(_collected);
        _checkpoint = _collectedTo;
        _collected.Clear();
        _batches = 0;
        MayFail("answer");
    }

    private void MayFail(string step)
    {
        if (IsDown || random.NextDouble() < failureRate)
        {
            Failures++;
            throw new SinkException($"{step} failed");
        }
    }
}
