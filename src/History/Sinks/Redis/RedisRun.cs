using System.Globalization;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using StackExchange.Redis;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Facts that one script stores.</summary>
internal sealed class RedisRun(RedisSinkOptions options, FactTopic topic, long idBase)
{
    private const long MinuteMs = 60_000;

    private readonly List<RedisValue> _entries = [];
    private readonly RedisCache _cache = new(options);
    private Timestamp _lastLogged;

    public long IdBase => idBase;

    public int Entries { get; private set; }

    public IEnumerable<RedisKey> Hashes => _cache.States.Keys.Select(key => (RedisKey)$"{options.KeyPrefix}{key}");

    /// <summary>At most this many entries come of a fact.</summary>
    public static int EntriesOf(FactRecord fact) => fact.Message is MarketDataBatch batch ? batch.Events.Count : 1;

    public void Add(FactRecord fact)
    {
        _cache.Add(fact);
        _lastLogged = fact.LoggedAt;
        if (!RedisEntries.HasStream(topic))
        {
            return;
        }

        var number = 0; // The first id of a fact is offset-1: Redis has no id 0-0.
        foreach (var fields in RedisEntries.Of(fact))
        {
            number++;
            Entries++;
            _entries.Add(fact.Offset);
            _entries.Add(string.Create(CultureInfo.InvariantCulture, $"{idBase + fact.Offset}-{number}"));
            _entries.Add(2 * fields.All.Count);
            foreach (var (name, value) in fields.All)
            {
                _entries.Add(name);
                _entries.Add(value);
            }
        }
    }

    /// <summary>Arguments of <see cref="RedisScript.Text"/>, whose comment describes them.</summary>
    public RedisValue[] Arguments(string owner, string partition, long? known, long next)
    {
        var minute = _lastLogged.UnixMilliseconds / MinuteMs * MinuteMs;
        RedisValue cutoff = options.KeepHours == 0 ? "" : minute - (options.KeepHours * 60 * MinuteMs);
        List<RedisValue> hashes = [];
        foreach (var state in _cache.States.Values)
        {
            hashes.Add(state.ExpiresAtMs ?? (RedisValue)"");
            hashes.Add(2 * state.Values.Count);
            foreach (var (name, value) in state.Values)
            {
                hashes.Add(name);
                hashes.Add(value);
            }
        }

        return [owner, partition, known ?? (RedisValue)"", next, idBase, options.EntriesMax, minute, cutoff, Entries, .. _entries, .. hashes];
    }
}
