using BtcAgent.Domain.Bars;
using BtcAgent.Research.Bars;

namespace BtcAgent.Research.Tests.Bars;

public sealed class TimeRangeTests
{
    [Theory]
    [InlineData("20210101-20210601", "2021-01-01T00:00:00Z", "2021-06-01T00:00:00Z")]
    [InlineData("-20210601", "", "2021-06-01T00:00:00Z")]
    [InlineData("20210101-", "2021-01-01T00:00:00Z", "")]
    [InlineData("2021-01-01-2021-06-01", "2021-01-01T00:00:00Z", "2021-06-01T00:00:00Z")]
    [InlineData("2021-01-01..", "2021-01-01T00:00:00Z", "")]
    [InlineData("2021-01-01T06:30/2021-06-01T12:00:30Z", "2021-01-01T06:30:00Z", "2021-06-01T12:00:30Z")]
    [InlineData("2021-01-01T02:00+02:00-20210601", "2021-01-01T00:00:00Z", "2021-06-01T00:00:00Z")]
    [InlineData("1609459200-1622505600", "2021-01-01T00:00:00Z", "2021-06-01T00:00:00Z")]
    [InlineData("1609459200000-", "2021-01-01T00:00:00Z", "")]
    public void Parse_AnyFormat_GivesTheTimes(string text, string from, string to) =>
        Assert.Equal($"{from}..{to}", TimeRange.Parse(text).ToString());

    [Theory]
    [InlineData("", "is not a time range")]
    [InlineData("-", "is not a time range")]
    [InlineData("20210101", "is not a time range")]
    [InlineData("lastyear-", "is not a time range")]
    [InlineData("20211301-", "is not a date")]
    [InlineData("20210601-20210101", "not after its start")]
    [InlineData("20210601-20210601", "not after its start")]
    public void Parse_NotARange_NamesTheText(string text, string expected)
    {
        var message = Assert.Throws<FormatException>(() => TimeRange.Parse(text)).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains($"'{text}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Bars_TakesThoseThatOpenWithin()
    {
        var series = Series("2021-01-01T00:00Z", 10);

        var taken = TimeRange.Parse("2021-01-01T02:00-2021-01-01T05:00").Of(series);

        Assert.Equal(series.Bars[2..5], taken.Bars);
        Assert.Same(series, TimeRange.Parse("20210101-20210102").Of(series));
        Assert.Equal(series.Bars[9..], TimeRange.Parse("2021-01-01T08:30-").Of(series).Bars);
    }

    [Theory]
    [InlineData("20220101-")]
    [InlineData("-20210101")]
    [InlineData("2021-01-01T02:10-2021-01-01T02:20")]
    public void Of_NoBarWithin_StatesWhatTheBarsCover(string range) => Assert.Contains(
        "the bars cover 2021-01-01T00:00:00.0000000Z to 2021-01-01T10:00:00.0000000Z",
        Assert.Throws<BarFileException>(() => TimeRange.Parse(range).Of(Series("2021-01-01T00:00Z", 10))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Merge_FilesInAnyOrder_GivesBarsInOrderAndNamesGapAndOverlap()
    {
        var (first, second, third) = (Series("2021-01-01T00:00Z", 10), Series("2021-01-01T08:00Z", 4), Series("2021-01-01T15:00Z", 2));
        var notes = new List<string>();

        var merged = BarMerge.Of([("third", third), ("first", first), ("second", second)], notes);

        Assert.Equal([.. Enumerable.Range(0, 12), 15, 16], merged.Bars.Select(b => b.OpenTime.ToDateTimeOffset().Hour));
        Assert.Equal(3, merged.Missing);
        Assert.Equal(2, notes.Count);
        Assert.StartsWith("2 bars of second are in the files before, too: each counts once", notes[0], StringComparison.Ordinal);
        Assert.StartsWith("gap of 3 bars between second", notes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_DifferingBars_UsesTheLaterFileAndSaysSo()
    {
        var (first, second) = (Series("2021-01-01T00:00Z", 3), Series("2021-01-01T02:00Z", 2));
        second.Bars[0] = second.Bars[0] with { Close = Price.Parse("7") };
        var notes = new List<string>();

        var merged = BarMerge.Of([("first", first), ("second", second)], notes);

        Assert.Equal(Price.Parse("7"), merged.Bars[2].Close);
        Assert.Contains("1 differ, first at 2021-01-01T02:00", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_OtherIntervalOrGrid_IsRefused()
    {
        var hours = Series("2021-01-01T00:00Z", 3);
        var minutes = hours with { Interval = TimeSpan.FromMinutes(1) };
        var shifted = Series("2021-01-01T01:30Z", 3);

        Assert.Throws<BarFileException>(() => BarMerge.Of([("a", hours), ("b", minutes)], []));
        Assert.Throws<BarFileException>(() => BarMerge.Of([("a", hours), ("b", shifted)], []));
    }

    private static BarSeries Series(string start, int count)
    {
        var from = Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture));
        var price = Price.Parse("100");
        return new BarSeries(
            [
                .. Enumerable.Range(0, count).Select(i => new Bar(
                    from + TimeSpan.FromHours(i), TimeSpan.FromHours(1), price, price, price, price, Quantity.Parse("1"), Quantity.Zero, 0, 1)),
            ],
            TimeSpan.FromHours(1),
            0,
            0);
    }
}
