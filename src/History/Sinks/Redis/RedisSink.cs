using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using StackExchange.Redis;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>
/// Keeps facts as streams and the newest states as hashes in Redis.
/// 1. An entry's id is <c>offset-number</c>: a repeated write adds nothing.
/// 2. A checkpoint moves in the same script as the entries: neither is stored without the other.
/// 3. One owner writes; an earlier owner is refused.
/// 4. A server that lost writes, as a replica that took over, is noticed: the checkpoint there is behind ours.
/// </summary>
internal sealed class RedisSink(RedisSinkOptions options) : IFactSink
{
    /// <summary>Entries in one script, which blocks the server for about 20 µs an entry. A single larger fact has its own script.</summary>
    private const int EntriesPerScriptMax = 500;

    private readonly Dictionary<LogPartition, Place> _places = [];
    private ConnectionMultiplexer? _connection;
    private string _owner = "";

    public string Name => "redis";

    public IReadOnlyCollection<FactTopic> Topics { get; } = ImmutableArray.Create(
        FactTopic.MarketData, FactTopic.OrderBook, FactTopic.Features, FactTopic.Signals, FactTopic.Decisions, FactTopic.Executions, FactTopic.Positions);

    private RedisKey StateKey => $"{options.KeyPrefix}sink:state";

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        _connection = await RedisConnection.OpenAsync(options, cancellationToken);
        await AskAsync(async database =>
        {
            var epoch = await database.HashIncrementAsync(StateKey, "epoch");

            // The random part keeps two owners apart even when a failover lost the newest epoch.
            _owner = $"{epoch}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
            return await database.HashSetAsync(StateKey, "owner", _owner);
        }, cancellationToken);
    }

    public async Task<long?> CheckpointAsync(LogPartition partition, CancellationToken cancellationToken)
    {
        var place = await AskAsync(async database =>
        {
            var values = await database.HashGetAsync(StateKey, [$"next:{partition}", $"base:{partition}"]);
            return new Place((long?)values[0], (long?)values[1]);
        }, cancellationToken);
        _places[partition] = place;
        return place.Next;
    }

    public async Task WriteAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        if (!_places.TryGetValue(batch.Partition, out var place))
        {
            await CheckpointAsync(batch.Partition, cancellationToken);
            place = _places[batch.Partition];
        }

        var idBase = place.IdBase ?? await IdBaseAsync(batch, cancellationToken);
        var run = new RedisRun(options, batch.Partition.Topic, idBase);
        foreach (var fact in batch.Facts)
        {
            if (run.Entries > 0 && run.Entries + RedisRun.EntriesOf(fact) > EntriesPerScriptMax)
            {
                await StoreAsync(batch.Partition, run, fact.Offset, cancellationToken);
                run = new RedisRun(options, batch.Partition.Topic, idBase);
            }

            run.Add(fact);
        }

        await StoreAsync(batch.Partition, run, batch.Next, cancellationToken);
    }

    /// <summary>Does nothing: each write is stored when it returns.</summary>
    public Task FlushAsync(bool everything, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task StoreAsync(LogPartition partition, RedisRun run, long next, CancellationToken cancellationToken)
    {
        var known = _places[partition];
        var stream = StreamOf(partition);
        RedisKey[] keys = [StateKey, stream, $"{options.KeyPrefix}sink:times:{StreamName(partition)}", .. run.Hashes];
        var arguments = run.Arguments(_owner, partition.ToString(), known.Next, next);
        var result = await AskAsync(async database => (string?[]?)await database.ScriptEvaluateAsync(RedisScript.Text, keys, arguments), cancellationToken);
        switch (result)
        {
            case [RedisScript.Stored, ..]:
                _places[partition] = new Place(Math.Max(next, known.Next ?? 0), run.IdBase);
                break;
            case [RedisScript.NotOwner, var owner, ..]:
                throw new SinkException($"another process writes to Redis at {Server} now (owner {owner}, ours is {_owner}): run one sink per server and key prefix");
            case [RedisScript.Behind, var stored, ..]:
                _places.Remove(partition);
                throw new SinkException(
                    $"Redis at {Server} lost facts: its checkpoint of {partition} is {(stored is { Length: > 0 } ? stored : "gone")}, ours is {known.Next}; they are read from the log again");
            case [RedisScript.WrongType, var key, ..]:
                throw new SinkException(
                    $"the key '{key}' of Redis at {Server} belongs to another program: set {RedisSinkOptions.Section}:KeyPrefix, or remove the key")
                { IsFinal = true };
            default:
                throw new SinkException($"Redis at {Server} answered '{string.Join(' ', result ?? [])}' to the sink's script: expected {RedisScript.Stored}");
        }
    }

    /// <summary>
    /// The number to add to offsets so that the ids ascend: 0, unless the stream has entries of another log, such as that of a data
    /// folder that was removed.
    /// </summary>
    private async Task<long> IdBaseAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        var stream = StreamOf(batch.Partition);
        var last = await AskAsync(
            async database => await database.KeyTypeAsync(stream) == RedisType.Stream ? (string?)(await database.StreamInfoAsync(stream)).LastGeneratedId : null,
            cancellationToken);
        return last is null ? 0 : Math.Max(0, long.Parse(last.Split('-')[0], CultureInfo.InvariantCulture) + 1 - batch.First);
    }

    private string StreamOf(LogPartition partition) => $"{options.KeyPrefix}{StreamName(partition)}";

    /// <summary>Ids must ascend within a stream, so each further partition has a stream.</summary>
    private static string StreamName(LogPartition partition) => partition.Number == 0
        ? FactTopics.NameOf(partition.Topic)
        : string.Create(CultureInfo.InvariantCulture, $"{FactTopics.NameOf(partition.Topic)}:{partition.Number}");

    private string Server => RedisConnection.TryParse(options) is { } parts ? RedisConnection.NameOf(parts) : "?";

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        var connection = _connection ?? throw new SinkException("the Redis sink is not open");
        try
        {
            return await ask(connection.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception e) when (e is RedisException or RedisCommandException or TimeoutException)
        {
            throw RedisFailure.Explain(e, Server);
        }
    }

    private async Task CloseAsync()
    {
        _places.Clear();
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.CloseAsync(allowCommandsToComplete: false);
            await connection.DisposeAsync();
        }
    }

    /// <param name="Next">The checkpoint in Redis; null when there is none.</param>
    /// <param name="IdBase">Added to offsets in ids; null until the first write.</param>
    private readonly record struct Place(long? Next, long? IdBase);
}
