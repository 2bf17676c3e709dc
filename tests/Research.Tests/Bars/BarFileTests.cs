using System.Globalization;
using System.IO.Compression;
using System.Text;
using BtcAgent.Research.Bars;
using BtcAgent.Testing;

namespace BtcAgent.Research.Tests.Bars;

public sealed class BarFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-bars-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("1609459200")]
    [InlineData("1609459200.0")]
    [InlineData("1609459200000")]
    [InlineData("1609459200000000")]
    [InlineData("1609459200000000000")]
    [InlineData("2021-01-01T00:00:00Z")]
    [InlineData("2021-01-01 00:00:00")]
    [InlineData("\"2021-01-01T01:00:00+01:00\"")]
    public void Read_TimeInAnyUnit_IsToldApart(string time)
    {
        var bar = Read($"time,open,high,low,close,volume\n{time},1,2,0.5,1.5,3\n").Bars.Single();

        Assert.Equal(new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), bar.OpenTime.ToDateTimeOffset());
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("Date")]
    [InlineData("OPEN_TIME")]
    [InlineData("open_time_ms")]
    public void Read_ColumnsInAnyOrderAndCase_AreFound(string time)
    {
        var series = Read($"\uFEFFvolume,ignored,Close,LOW,high,{time},open\r\n3.5,x,1.5,0.50000001,2,1609459200000,1\r\n2,y,1.5,1.5,1.5,1609459260000,1.5");

        Assert.Equal(2, series.Bars.Length);
        var bar = series.Bars[0];
        Assert.Equal((1m, 2m, 0.50000001m, 1.5m, 3.5m), (bar.Open.ToDecimal(), bar.High.ToDecimal(), bar.Low.ToDecimal(), bar.Close.ToDecimal(), bar.Volume.ToDecimal()));
        Assert.Equal(TimeSpan.FromMinutes(1), series.Interval);
    }

    [Fact]
    public void Read_MissingMinutes_AreCounted()
    {
        var series = Read("time,open,high,low,close,volume\n1609459260,1,1,1,1,1\n1609459320,1,1,1,1,1\n1609459500,1,1,1,1,1\n1609459560,1,1,1,1,1\n");

        Assert.Equal(TimeSpan.FromMinutes(1), series.Interval);
        Assert.Equal(2, series.Missing);
        Assert.Equal(2, series.Take(2).Bars.Length);
    }

    [Theory]
    [InlineData("time,open,high,low,volume\n1,1,1,1,1\n", "no column 'close' in the header; found: time, open, high, low, volume")]
    [InlineData("time,open,high,low,close,volume\n1609459260,1,1,1,1,1\n1609459260,1,1,1,1,1\n", "line 3: time")]
    [InlineData("time,open,high,low,close,volume\n1609459260,1,1,2,1,1\n", "line 2: high 1 and low 2")]
    [InlineData("time,open,high,low,close,volume\n1609459260,1,1,1\n", "line 2: 4 columns")]
    [InlineData("time,open,high,low,close,volume\nyesterday,1,1,1,1,1\n", "line 2: time 'yesterday' is not a time")]
    [InlineData("time,open,high,low,close,volume\n1609459260,1,1,1,1.123456789,1\n", "close '1.123456789' is not a price above 0 with at most 8 decimals")]
    [InlineData("time,open,high,low,close,volume\n1609459260,1,1,1,0,1\n", "close '0' is not a price above 0")]
    [InlineData("time,open,high,low,close,volume\n1609459260,1,1,1,1,-1\n", "volume '-1'")]
    [InlineData("time,open,high,low,close,volume\n20000000000,1,1,1,1,1\n", "'20000000000' is not a time")]
    [InlineData("time,open,high,low,close,volume\n2300-01-01,1,1,1,1,1\n", "'2300-01-01' is not a time")]
    [InlineData("", "no bars")]
    public void Read_WrongFile_SaysWhereAndWhat(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<BarFileException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ColumnsOfAnyWidth_AreSplitAtTheirCommas()
    {
        for (var width = 0; width < 70; width++)
        {
            var filler = new string('x', width);
            var bar = Read($"a,time,open,b,high,low,close,volume,c\n{filler},1609459260,1,{filler},4,0.5, 2 ,\"3\",{filler}\n").Bars.Single();

            Assert.Equal(
                (1_609_459_260_000, 1m, 4m, 0.5m, 2m, 3m),
                (bar.OpenTime.UnixMilliseconds, bar.Open.ToDecimal(), bar.High.ToDecimal(), bar.Low.ToDecimal(), bar.Close.ToDecimal(), bar.Volume.ToDecimal()));
        }
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(131_073)]
    public void Read_MoreBarsThanABlock_AreAllThereInOrder(int rows)
    {
        var text = new StringBuilder("time,open,high,low,close,volume\n");
        for (var i = 1; i <= rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{1_609_459_200L + (60L * i)},{i},{i},{i},{i},1\n");
        }

        var bars = Read(text.ToString()).Bars;

        Assert.Equal(rows, bars.Length);
        Assert.All(bars.Index(), b => Assert.Equal(
            (1_609_459_200_000L + ((b.Index + 1) * 60_000L), b.Index + 1m, TimeSpan.FromMinutes(1)),
            (b.Item.OpenTime.UnixMilliseconds, b.Item.Close.ToDecimal(), b.Item.Interval)));
    }

    [Fact]
    public void Read_GzipAndItsDamage_AreToldApart()
    {
        var path = Path.Combine(_folder.FullName, "bars.csv.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes("time,open,high,low,close,volume\n1609459260,1,1,1,1,1\n"));
        }

        Assert.Single(BarFile.Read([path]).Bars);
        File.WriteAllBytes(path, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Assert.Contains("damaged", Assert.Throws<BarFileException>(() => BarFile.Read([path])).Message, StringComparison.Ordinal);
        var xz = Path.ChangeExtension(path, ".xz");
        File.Copy(path, xz);
        Assert.Contains("damaged", Assert.Throws<BarFileException>(() => BarFile.Read([xz])).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<BarFileException>(() => BarFile.Read(["/nowhere.csv"])).Message, StringComparison.Ordinal);
    }

    /// <summary>Two streams of two rows each, packed by xz; with other bytes behind them the file is refused.</summary>
    [Theory]
    [InlineData("", 4)]
    [InlineData("AAAAAA==", 4)]
    [InlineData("Z2FyYmFnZQ==", 0)]
    public void Read_XzOfSeveralStreams_IsReadToItsEnd(string behind, int rows)
    {
        const string First =
            "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4ABJADVdADoaSfrgnbzlLW4eb5JbcvtpldGufQG5Y3juAYkP5YsKfL3TuzloSvmo7CGhyv+HgfB5vjYAAAAAAHLu8OhfjdKkAAFRSrBxLxUftvN9AQAAAAAEWVo=";
        const string Second =
            "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4AApABddABkMApI0hEUTqZJvPoMVGzXvj6U5lxAAAAA8i3F+z3Ug1QABMyrNGVYPH7bzfQEAAAAABFla";
        var path = Path.Combine(_folder.FullName, "bars.csv.xz");
        File.WriteAllBytes(path, [.. Convert.FromBase64String(First), .. Convert.FromBase64String(Second), .. Convert.FromBase64String(behind)]);
        if (rows > 0)
        {
            Assert.Equal(rows, BarFile.Read([path]).Bars.Length);
        }
        else
        {
            Assert.Contains("not xz", Assert.Throws<BarFileException>(() => BarFile.Read([path])).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("klines-1m-binance/btcusdt_1m_20210402_20210514.csv.xz", 61_272, 60)]
    [InlineData("klines-1h-binance/btcusdt_1h_20170817_20221231.csv.xz", 46_981, 3_600)]
    public void Read_RecordedFile_HasItsRows(string path, int rows, int seconds)
    {
        var series = BarFile.Read([RecordedData.Require(path)]);

        Assert.Equal(rows, series.Bars.Length);
        Assert.Equal(TimeSpan.FromSeconds(seconds), series.Interval);
        Assert.True(series.Missing > 0);
    }

    private BarSeries Read(string text)
    {
        var path = Path.Combine(_folder.FullName, "bars.csv");
        File.WriteAllText(path, text);
        return BarFile.Read([path]);
    }
}
