using BtcAgent.Domain;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Imports;
using BtcAgent.History.Tests.Files;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.History.Tests.Imports;

public sealed class HistoryImportTests : IDisposable
{
    private const string Source = "import-trades-test";
    private const int MessagesPerWrite = 4;

    private readonly HistoryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_KilledAtEachStep_NeitherMissesNorDoubles(bool isAfter)
    {
        var facts = SyntheticMarket.Facts(300);
        var lives = 0;
        for (var isDead = true; isDead; lives++)
        {
            // A data set's takeover is three steps; a later one is killed in each life.
            var store = new KilledStore(_folder.Store, 30 + (lives * 4), isAfter);
            await using var import = new HistoryImport(store, _folder.Path, TimeProvider.System, rowsWaiting: 1_000);
            try
            {
                await ImportAsync(import, [.. facts.Select(fact => fact.Message)]);
                isDead = false;
            }
            catch (KilledException)
            {
                Assert.True(store.IsDead);
            }
        }

        Assert.True(lives > 3, $"{lives} lives");
        await using (var last = _folder.Sink())
        {
            await last.OpenAsync(Cancelled); // Removes what the killed ones left.
        }

        Assert.Equal([1_500L, 1_500L], await _folder.QueryAsync("trades", "count(*), count(DISTINCT trade_id)"));
    }

    /// <summary>The agent of the history may keep it for ever: an import years later removes nothing.</summary>
    [Fact]
    public async Task Flush_HistoryOlderThanTheDefaultRetention_RemovesNothing()
    {
        var facts = SyntheticMarket.Facts(300);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using (var before = new HistoryImport(_folder.Path, time))
        {
            await ImportAsync(before, [.. facts.Take(150).Select(fact => fact.Message)]);
        }

        var stored = await _folder.QueryAsync("trades", "count(*)");
        time.Advance(TimeSpan.FromDays(3_650));
        await using var import = new HistoryImport(_folder.Path, time);
        await ImportAsync(import, [.. facts.Select(fact => fact.Message)]);
        await import.MaintainedAsync();

        Assert.InRange((long)stored[0], 1, 1_499);
        Assert.Equal([1_500L, 1_500L], await _folder.QueryAsync("trades", "count(*), count(DISTINCT trade_id)"));
    }

    /// <summary>Imports from the checkpoint on, as a file that is read again.</summary>
    private static async Task ImportAsync(HistoryImport import, List<IMessage> messages)
    {
        await import.OpenAsync(Cancelled);
        var next = (int)await import.CheckpointAsync(Source, FactTopic.MarketData, Cancelled);
        while (next < messages.Count)
        {
            var some = messages.Skip(next).Take(MessagesPerWrite).ToList<IMessage?>();
            await import.WriteAsync(Source, FactTopic.MarketData, next, some, new Timestamp(1), Cancelled);
            next += some.Count;
        }

        await import.FlushAsync(Cancelled);
    }
}
