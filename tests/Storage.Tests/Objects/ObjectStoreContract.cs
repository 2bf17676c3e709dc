using System.Text;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Storage.Tests.Objects;

/// <summary>Tests that every object store passes.</summary>
public abstract class ObjectStoreContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a store that is empty at first; a second call opens the same one.</summary>
    protected abstract Task<IObjectStore> OpenAsync();

    [Fact]
    public async Task Put_ThenOpen_ReturnsTheBytes()
    {
        using var store = await OpenAsync();
        var put = await store.PutBytesAsync("dataset=trades/instrument=BINANCE:BTCUSDT/0-99.parquet", [1, 2, 3], PutCondition.None, Cancel);

        Assert.Equal(PutOutcome.Created, put.Outcome);
        Assert.Equal([1, 2, 3], await store.ReadBytesAsync("dataset=trades/instrument=BINANCE:BTCUSDT/0-99.parquet", Cancel) ?? []);
        var head = await store.HeadAsync("dataset=trades/instrument=BINANCE:BTCUSDT/0-99.parquet", Cancel);
        Assert.Equal((3, put.ETag), (head!.Size, head.ETag));
    }

    [Fact]
    public async Task MissingKey_IsNull()
    {
        using var store = await OpenAsync();
        Assert.Null(await store.HeadAsync("none", Cancel));
        Assert.Null(await store.OpenAsync("none", Cancel));
        Assert.Null(await store.ReadBytesAsync("deep/none", Cancel));
        await store.DeleteAsync("none", Cancel);
    }

    [Fact]
    public async Task Put_IfAbsent_WritesOnce()
    {
        using var store = await OpenAsync();
        await store.ProbeAsync(Cancel);
        Assert.Equal(PutOutcome.Created, (await PutAsync(store, "once", "first", PutCondition.IfAbsent)).Outcome);
        Assert.Equal(new PutResult(PutOutcome.AlreadyThere, null), await PutAsync(store, "once", "second", PutCondition.IfAbsent));
        Assert.Equal("first", await TextAsync(store, "once"));
    }

    [Fact]
    public async Task Put_IfAbsentByManyWriters_OneSucceeds()
    {
        using var store = await OpenAsync();
        Assert.True((await store.ProbeAsync(Cancel)).HasFlag(ConditionalWrites.IfAbsent));
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(
            () => PutAsync(store, "race", $"writer {i}", PutCondition.IfAbsent), Cancel)));
        Assert.Single(results, result => result.Outcome == PutOutcome.Created);
    }

    [Fact]
    public async Task Put_IfMatch_RefusesAChangedObject()
    {
        using var store = await OpenAsync();
        await store.ProbeAsync(Cancel);
        var first = await PutAsync(store, "manifest", "1", PutCondition.None);
        var second = await PutAsync(store, "manifest", "2", PutCondition.IfMatch(first.ETag!));

        Assert.Equal(PutOutcome.Created, second.Outcome);
        Assert.Equal(PutOutcome.Conflict, (await PutAsync(store, "manifest", "3", PutCondition.IfMatch(first.ETag!))).Outcome);
        Assert.Equal(PutOutcome.Conflict, (await PutAsync(store, "gone", "3", PutCondition.IfMatch(first.ETag!))).Outcome);
        Assert.Equal("2", await TextAsync(store, "manifest"));
        Assert.Null(await store.HeadAsync("gone", Cancel));
    }

    [Fact]
    public async Task List_ReturnsThePrefixInOrderAfterTheKey()
    {
        using var store = await OpenAsync();
        foreach (var key in new[] { "b/2", "a/1", "b/10", "b-1", "b/1", "c" })
        {
            await PutAsync(store, key, key, PutCondition.None);
        }

        Assert.Equal(["b/1", "b/10", "b/2"], await KeysAsync(store, "b/", null));
        Assert.Equal(["b-1", "b/1", "b/10", "b/2"], await KeysAsync(store, "b", null));
        Assert.Equal(["b/10", "b/2"], await KeysAsync(store, "b/", "b/1"));
        Assert.Equal(6, (await KeysAsync(store, "", null)).Count);
        Assert.Empty(await KeysAsync(store, "none/", null));
    }

    [Fact]
    public async Task Delete_RemovesTheObject()
    {
        using var store = await OpenAsync();
        await PutAsync(store, "a/1", "x", PutCondition.None);
        await store.DeleteAsync("a/1", Cancel);
        Assert.Empty(await KeysAsync(store, "", null));
    }

    [Fact]
    public async Task Probe_LeavesNothing()
    {
        using var store = await OpenAsync();
        await store.ProbeAsync(Cancel);
        Assert.Empty(await KeysAsync(store, "", null));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/absolute")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("a/b.part")]
    public async Task Put_BadKey_IsRefused(string key)
    {
        using var store = await OpenAsync();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(store, key, "x", PutCondition.None));
        Assert.Contains($"'{key}' is not an object key", error.Message, StringComparison.Ordinal);
    }

    protected static async Task<PutResult> PutAsync(IObjectStore store, string key, string text, PutCondition condition) =>
        await store.PutBytesAsync(key, Encoding.UTF8.GetBytes(text), condition, Cancel);

    protected static async Task<string> TextAsync(IObjectStore store, string key) =>
        Encoding.UTF8.GetString(await store.ReadBytesAsync(key, Cancel) ?? throw new InvalidOperationException($"{key} is missing"));

    protected static async Task<List<string>> KeysAsync(IObjectStore store, string prefix, string? after)
    {
        var keys = new List<string>();
        await foreach (var found in store.ListAsync(prefix, after, Cancel))
        {
            Assert.True(found.Size > 0);
            keys.Add(found.Key);
        }

        return keys;
    }
}
