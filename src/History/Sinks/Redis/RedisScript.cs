namespace BtcAgent.History.Sinks.Redis;

/// <summary>The script that stores a run of facts with the new checkpoint: all of it, for the owner only.</summary>
internal static class RedisScript
{
    public const string Stored = "STORED";
    public const string NotOwner = "OWNER";
    public const string Behind = "BEHIND";
    public const string WrongType = "TYPE";

    /// <summary>
    /// Keys: state, stream, times, hashes. Arguments: owner, partition, the checkpoint that we know or '', the new one, base
    /// of the ids, EntriesMax, minute in ms, cutoff in ms or '', number of entries, then per entry: offset, id, number of
    /// values, values; then per hash: expiry in ms or '', number of values, values.
    /// Nothing is written before all checks passed. Should a command still fail in the middle, the checkpoint is not written,
    /// and the entries already there are refused when they are written again, by their ids.
    /// </summary>
    public const string Text = """
        local owner = redis.call('HGET', KEYS[1], 'owner')
        if owner ~= ARGV[1] then return {'OWNER', owner or ''} end
        local field = 'next:' .. ARGV[2]
        local stored = redis.call('HGET', KEYS[1], field)
        if ARGV[3] ~= '' and (not stored or tonumber(stored) < tonumber(ARGV[3])) then return {'BEHIND', stored or ''} end
        if stored and tonumber(stored) >= tonumber(ARGV[4]) then return {'STORED', '0'} end

        local function typed(key, wanted)
          local is = redis.call('TYPE', key)['ok']
          return is == 'none' or is == wanted
        end
        if not typed(KEYS[2], 'stream') then return {'TYPE', KEYS[2]} end
        if not typed(KEYS[3], 'zset') then return {'TYPE', KEYS[3]} end
        for k = 4, #KEYS do
          if not typed(KEYS[k], 'hash') then return {'TYPE', KEYS[k]} end
        end

        local at, added, first = 10, 0, nil
        for _ = 1, tonumber(ARGV[9]) do
          local offset, id, count = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
          if not stored or tonumber(offset) >= tonumber(stored) then
            local result = redis.pcall('XADD', KEYS[2], 'MAXLEN', '~', ARGV[6], id, unpack(ARGV, at + 3, at + 2 + count))
            if type(result) ~= 'table' then
              added = added + 1
              first = first or id
            elseif not string.find(result.err, 'equal or smaller', 1, true) then
              return result
            end
          end
          at = at + 3 + count
        end
        if first and ARGV[8] ~= '' then
          local last = redis.call('ZRANGE', KEYS[3], -1, -1, 'WITHSCORES')
          if #last == 0 or tonumber(last[2]) < tonumber(ARGV[7]) then redis.call('ZADD', KEYS[3], ARGV[7], first) end
          local kept = redis.call('ZRANGEBYSCORE', KEYS[3], ARGV[8], '+inf', 'LIMIT', 0, 1)
          if #kept > 0 then
            redis.call('XTRIM', KEYS[2], 'MINID', '~', kept[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', '(' .. ARGV[8])
          end
        end
        for k = 4, #KEYS do
          local expiry, count = ARGV[at], tonumber(ARGV[at + 1])
          redis.call('HSET', KEYS[k], unpack(ARGV, at + 2, at + 1 + count))
          if expiry == '' then redis.call('PERSIST', KEYS[k]) else redis.call('PEXPIREAT', KEYS[k], expiry) end
          at = at + 2 + count
        end
        redis.call('HSET', KEYS[1], field, ARGV[4], 'base:' .. ARGV[2], ARGV[5])
        return {'STORED', tostring(added)}
        """;
}
