using BtcAgent.Domain.Facts;
using BtcAgent.History.Log;
using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Redis;
using BtcAgent.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Tests.Sinks.Redis;

public sealed class RedisSinkFaultTests
{
    private static readonly LogPartition Market = new("local-1", FactTopic.MarketData, 0);

    [Theory]
    [InlineData("password=wrong-secret", "refuses the user or password: correct user and password")]
    [InlineData("user=nobody,password=wrong-secret", "refuses the user or password: correct user and password")]
    [InlineData("", "asks for a password: add user=…,password=…")]
    public async Task Open_WrongPassword_SaysSo(string login, string expected)
    {
        await using var server = new RedisServer("--requirepass", "right-secret");
        await server.StartAsync();
        var e = await Assert.ThrowsAsync<SinkException>(() => OpenAsync(server, $"{server.Address},{login}".TrimEnd(',')));
        Assert.True(e.IsFinal);
        Assert.StartsWith($"Redis at {server.Address} {expected}", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task Open_NoServer_SaysWhere()
    {
        await using var server = new RedisServer();
        await server.StartAsync();
        await server.KillAsync();
        var e = await Assert.ThrowsAsync<SinkException>(() => OpenAsync(server));
        Assert.False(e.IsFinal);
        Assert.StartsWith($"Redis at {server.Address} does not answer (", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("start it or correct host, port and ssl in History:Redis:Connection", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Replica_SaysToUseThePrimary()
    {
        await using var primary = new RedisServer();
        await primary.StartAsync();
        await using var replica = new RedisServer("--replicaof", $"127.0.0.1 {primary.Port}");
        await replica.StartAsync();
        var e = await Assert.ThrowsAsync<SinkException>(() => OpenAsync(replica));
        Assert.Contains("is a replica, which cannot be written: set History:Redis:Connection to the primary", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_BecameReplica_SaysSo()
    {
        await using var server = new RedisServer();
        await server.StartAsync();
        await using var sink = await OpenAsync(server);
        await using var admin = await RedisReader.OpenAsync(server);
        await admin.Database.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        var e = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(TapeFacts.Both.Batch(Market, 0, 1), default));
        Assert.Contains("is a read-only replica: set History:Redis:Connection to the primary", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_MemoryFull_SaysSoAndStoresNothingOfTheBatch()
    {
        await using var server = new RedisServer("--maxmemory-policy", "noeviction");
        await server.StartAsync();
        await using var sink = await OpenAsync(server);
        await sink.WriteAsync(TapeFacts.Both.Batch(Market, 0, 1), default);
        await using var admin = await RedisReader.OpenAsync(server);
        var before = await admin.TotalAsync("market_data");
        await admin.Database.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb");
        var e = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(TapeFacts.Both.Batch(Market, 1, 1), default));
        Assert.False(e.IsFinal);
        Assert.Contains("has no memory left (maxmemory): raise maxmemory", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, await admin.TotalAsync("market_data"));

        await admin.Database.ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        await sink.OpenAsync(default);
        await sink.WriteAsync(TapeFacts.Both.Batch(Market, 1, 1), default);
        Assert.Equal(2, await sink.CheckpointAsync(Market, default));
    }

    [Fact]
    public async Task Write_CannotSave_SaysMisconf()
    {
        await using var server = new RedisServer("--appendonly", "no", "--save", "3600", "1");
        await server.StartAsync();
        await using var sink = await OpenAsync(server);
        await using var admin = await RedisReader.OpenAsync(server);

        // A folder in the place of the dump: the rename at the end of the save fails.
        var folder = ((string?[])(await admin.Database.ExecuteAsync("CONFIG", "GET", "dir"))!)[1]!;
        Directory.CreateDirectory(Path.Combine(folder, "dump.rdb", "in-the-way"));
        await admin.Database.ExecuteAsync("BGSAVE");
        await Eventually.TrueAsync(
            "the save failed",
            async () => ((string)(await admin.Database.ExecuteAsync("INFO", "persistence"))!).Contains("rdb_last_bgsave_status:err", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30));
        var e = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(TapeFacts.Both.Batch(Market, 0, 1), default));
        Assert.Contains("cannot save to its disk (MISCONF)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_KeyOfAnotherProgram_IsLeftAlone()
    {
        await using var server = new RedisServer();
        await server.StartAsync();
        await using var admin = await RedisReader.OpenAsync(server);
        await admin.Database.StringSetAsync("market_data", "theirs");
        await using var sink = await OpenAsync(server);
        var e = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(TapeFacts.Both.Batch(Market, 0, 1), default));
        Assert.True(e.IsFinal);
        Assert.Contains("the key 'market_data'", e.Message, StringComparison.Ordinal);
        Assert.Contains("set History:Redis:KeyPrefix", e.Message, StringComparison.Ordinal);
        Assert.Equal("theirs", await admin.Database.StringGetAsync("market_data"));
    }

    [Fact]
    public async Task Write_UserWithoutTheRight_NamesTheCommands()
    {
        await using var server = new RedisServer("--user", "reader", "on", ">pw", "~*", "+@connection", "+@read", "+info", "+hincrby", "+hset");
        await server.StartAsync();
        await using var sink = await OpenAsync(server, $"{server.Address},user=reader,password=pw");
        var e = await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(TapeFacts.Both.Batch(Market, 0, 1), default));
        Assert.True(e.IsFinal);
        Assert.Contains("does not let the user run a command", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis_version:5.0.14\r\nrole:master", "has version '5.0.14': the sink needs 6.2 or newer", true)]
    [InlineData("role:master", "has version ''", true)]
    [InlineData("redis_version:7.0.15\r\nrole:slave", "is a replica", false)]
    [InlineData("redis_version:7.0.15\r\nrole:master\r\nmaxmemory:100\r\nmaxmemory_policy:allkeys-lru", "set maxmemory-policy to noeviction or volatile-ttl", true)]
    public void Check_UnsuitableServer_SaysWhy(string info, string expected, bool isFinal)
    {
        var e = Assert.Throws<SinkException>(() => RedisConnection.Check(info, "a:1"));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(isFinal, e.IsFinal);
    }

    [Fact]
    public void AddRedisSink_NoConnection_IsOff()
    {
        Assert.Empty(Services("").GetServices<IFactSink>());
        Assert.Equal("redis", Assert.Single(Services("localhost:6379").GetServices<IFactSink>()).Name);
    }

    [Fact]
    public void AddRedisSink_ConnectionThatCannotBeRead_IsRefusedWithoutTheSecret()
    {
        var e = Assert.Throws<OptionsValidationException>(
            () => Services("host:6379,password=secret,ssl=perhaps").GetRequiredService<IOptions<RedisSinkOptions>>().Value);
        Assert.Contains("History:Redis:Connection cannot be read: write it as host:6379,", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(string connection) => new ServiceCollection()
        .AddRedisSink(new ConfigurationBuilder().AddInMemoryCollection([new("History:Redis:Connection", connection)]).Build())
        .BuildServiceProvider();

    private static async Task<RedisSink> OpenAsync(RedisServer server, string? connection = null)
    {
        var sink = new RedisSink(new RedisSinkOptions { Connection = connection ?? server.Address, EntriesMax = 1_000_000 });
        try
        {
            await sink.OpenAsync(default);
            return sink;
        }
        catch
        {
            await sink.DisposeAsync();
            throw;
        }
    }
}
