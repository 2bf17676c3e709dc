using System.IO.Compression;
using System.Text;
using BtcAgent.Research.Bars;

namespace BtcAgent.Research.Tests.Bars;

/// <summary>Packings, encodings and spellings of files of bars, and bars that are not one regular row each.</summary>
public sealed class BarFormatTests : IDisposable
{
    private const string Header = "time,open,high,low,close,volume\n";
    private const string TwoMinutes = Header + "1609459200,1,2,0.5,1.5,3\n1609459260,1.5,1.5,1.5,1.5,2\n";

    private static readonly DateTimeOffset NewYear = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-formats-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Read_Zip_ReadsItsFile()
    {
        var path = Path.Combine(_folder.FullName, "bars.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(zip.CreateEntry("BTCUSDT-1m.csv").Open());
            writer.Write(TwoMinutes);
        }

        CheckTwoMinutes(BarFile.Read([path]));
    }

    [Fact]
    public void Read_ZipCutShort_IsRefused()
    {
        Read_Zip_ReadsItsFile();
        var path = Path.Combine(_folder.FullName, "bars.zip");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^30]);

        Assert.Throws<BarFileException>(() => BarFile.Read([path]));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Read_Utf16WithAMark_IsRead(string encoding)
    {
        var path = Path.Combine(_folder.FullName, "bars.csv");
        File.WriteAllText(path, TwoMinutes, Encoding.GetEncoding(encoding));

        CheckTwoMinutes(BarFile.Read([path]));
    }

    /// <summary>44,197 is 2021-01-01 in the 1900 system; a minute is 1/1,440 of a day.</summary>
    [Fact]
    public void Read_ExcelSerialTimes_AreTimesToTheMinute()
    {
        var series = Read("Date,Open,High,Low,Close,Volume\n44197.0,1,2,0.5,1.5,3\n44197.000694444,1,2,0.5,1.5,3\n44197.001388889,1,2,0.5,1.5,3\n");

        Assert.Equal([NewYear, NewYear.AddMinutes(1), NewYear.AddMinutes(2)], series.Bars.Select(b => b.OpenTime.ToDateTimeOffset()));
        Assert.Equal(TimeSpan.FromMinutes(1), series.Interval);
        Assert.Contains(series.Remarks, r => r.Contains("Excel", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Read_DecimalCommaAndSemicolons_AreNumbers()
    {
        var series = Read("time;open;high;low;close;volume\n1609459200;1,25;2,5;0,5;1,5;3,25\n1609459260;1,5;1,5;1,5;1,5;2\n");

        Assert.Equal((1.25m, 2.5m, 0.5m, 3.25m), (series.Bars[0].Open.ToDecimal(), series.Bars[0].High.ToDecimal(), series.Bars[0].Low.ToDecimal(), series.Bars[0].Volume.ToDecimal()));
        Assert.Contains(series.Remarks, r => r.Contains("decimal comma", StringComparison.Ordinal));
    }

    /// <summary>Days of New York around 2021-03-14 (23 hours) and 2021-11-07 (25 hours), as UTC times of their midnights.</summary>
    [Theory]
    [InlineData("2021-03-12T05:00:00Z 2021-03-13T05:00:00Z 2021-03-14T05:00:00Z 2021-03-15T04:00:00Z 2021-03-16T04:00:00Z", 2, 23)]
    [InlineData("2021-11-05T04:00:00Z 2021-11-06T04:00:00Z 2021-11-07T04:00:00Z 2021-11-08T05:00:00Z 2021-11-09T05:00:00Z", 2, 25)]
    public void Read_DaysOfATimeZone_LastUntilTheNext(string days, int index, int hours)
    {
        var series = Read(Header + string.Concat(days.Split(' ').Select(day => $"{day},1,2,0.5,1.5,3\n")));

        Assert.Equal(TimeSpan.FromDays(1), series.Interval);
        Assert.Equal(0, series.Missing);
        Assert.Equal(TimeSpan.FromHours(hours), series.Bars[index].Interval);
        Assert.Equal(series.Bars[index + 1].OpenTime, series.Bars[index].CloseTime);
    }

    /// <summary>Most seconds have no trade, so that no step between rows is the interval.</summary>
    [Fact]
    public void Read_SparseSeconds_NeedTheInterval()
    {
        var text = Header + string.Concat(new[] { 0, 7, 10, 21, 23, 38, 40, 59 }.Select(s => $"{1_609_459_200 + s},1,2,0.5,1.5,3\n"));

        var series = Read(text, new BarPolicy { Interval = TimeSpan.FromSeconds(1) });

        Assert.Equal((8, 52L, TimeSpan.FromSeconds(1)), (series.Bars.Length, series.Missing, series.Interval));
        Assert.All(series.Bars, b => Assert.Equal(TimeSpan.FromSeconds(1), b.Interval));
        Assert.Contains("--interval", Assert.Throws<BarFileException>(() => Read(text)).Message, StringComparison.Ordinal);
    }

    /// <summary>One row shows no step; its close time does.</summary>
    [Theory]
    [InlineData("open_time,open,high,low,close,volume,close_time\n1609459200000,1,2,0.5,1.5,3,1609462799999\n", 60)]
    [InlineData("1609459200000,1,2,0.5,1.5,3,1609462799999,4,5,6,7,0\n", 60)]
    [InlineData("1609459200000000,1,2,0.5,1.5,3,1609473599999999,4,5,6,7,0\n", 240)]
    [InlineData("open_time,open,high,low,close,volume\n1609459200000,1,2,0.5,1.5,3\n", 1)]
    public void Read_SingleBar_LastsUntilItsCloseTime(string text, int minutes)
    {
        var series = Read(text);

        Assert.Equal((TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes)), (series.Interval, series.Bars.Single().Interval));
        Assert.Equal(minutes == 1, series.Remarks.Any(r => r.Contains("taken as one minute", StringComparison.Ordinal)));
    }

    private static void CheckTwoMinutes(BarSeries series)
    {
        Assert.Equal([NewYear, NewYear.AddMinutes(1)], series.Bars.Select(b => b.OpenTime.ToDateTimeOffset()));
        Assert.Equal([(1.5m, 3m), (1.5m, 2m)], series.Bars.Select(b => (b.Close.ToDecimal(), b.Volume.ToDecimal())));
    }

    private BarSeries Read(string text, BarPolicy? policy = null)
    {
        var path = Path.Combine(_folder.FullName, "bars.csv");
        File.WriteAllText(path, text);
        return BarFile.Read([path], policy: policy);
    }
}
