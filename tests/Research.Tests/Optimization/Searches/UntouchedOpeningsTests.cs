using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Testing;

namespace BtcAgent.Research.Tests.Optimization.Searches;

public sealed class UntouchedOpeningsTests : IDisposable
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-openings-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "searches", UntouchedOpenings.FileName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Open_IsStoredInTheGoldenForm()
    {
        Openings().Open(Btc, Day(1), Day(30), "0123456789abcdef", "leaves=4");

        GoldenFile.Check("Searches/Opening.json", File.ReadAllText(Path));
    }

    [Fact]
    public void Open_OverlappingTime_CountsEachLookOnce()
    {
        Assert.Equal(1, Openings().Open(Btc, Day(1), Day(30), "a", "leaves=4"));
        Assert.Equal(1, Openings().Open(Btc, Day(1), Day(30), "a", "leaves=4"));
        Assert.Equal(2, Openings().Open(Btc, Day(20), Day(60), "b", "leaves=4"));
        Assert.Equal(1, Openings().Open(Btc, Day(70), Day(80), "c", "leaves=4"));
        Assert.Equal(1, Openings().Open(InstrumentId.Parse("BINANCE:ETHUSDT"), Day(1), Day(30), "a", "leaves=4"));
    }

    [Fact]
    public async Task Open_BySeveralSearchesAtOnce_CountsEachOfThem()
    {
        var looks = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(
            () => Openings().Open(Btc, Day(1), Day(30), $"search {n}", "leaves=4"), TestContext.Current.CancellationToken)));

        Assert.Equal(Enumerable.Range(1, 8), looks.Order());
        Assert.Equal(8, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public void Open_FileWithATornLine_ReplacesIt()
    {
        Openings().Open(Btc, Day(1), Day(30), "a", "leaves=4");
        File.AppendAllText(Path, "{\"Instrument\":\"BINA");

        Assert.Equal(2, Openings().Open(Btc, Day(1), Day(30), "b", "leaves=4"));
        Assert.Equal(2, File.ReadAllLines(Path).Length);
    }

    private UntouchedOpenings Openings() => new(Path, new FixedTime());

    private static Timestamp Day(int day) => Timestamp.FromUnixMilliseconds(1_767_225_600_000 + (day * 86_400_000L));

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);
    }
}
