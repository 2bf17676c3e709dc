using System.Buffers.Text;
using System.Globalization;
using System.Text;
using BtcAgent.Research.Bars;
using BtcAgent.Research.Bars.Times;

namespace BtcAgent.Research.Archives;

/// <summary>Parses the lines of Binance's archive: the same columns for spot and futures, whose files have one column less.</summary>
internal static class ArchiveRows
{
    private const int ColumnsMax = 13;
    private const int KlineColumns = 11;
    private const int TradeFlag = 5;
    private const int AggTradeFlag = 6;
    private const int Shown = 40;

    public static bool IsHeader(ReadOnlyMemory<byte> line) => !line.IsEmpty && !char.IsAsciiDigit((char)line.Span[0]);

    /// <summary>True when the prices are where the archive has them: other files of as many columns have another order.</summary>
    public static bool IsKlineHeader(ReadOnlyMemory<byte> line) =>
        CsvFields.Split(line.Span, (byte)',') is [_, var open, var high, var low, var close, ..]
        && Is(open, "open") && Is(high, "high") && Is(low, "low") && Is(close, "close");

    /// <summary>Kind of a row that is not a header: by the place of the first flag, or by the number of columns.</summary>
    public static ArchiveKind? KindOf(ReadOnlyMemory<byte> line)
    {
        if (IsHeader(line))
        {
            return null;
        }

        Span<int> ends = stackalloc int[ColumnsMax];
        var count = CsvFields.FindEnds(line.Span, (byte)',', ends);
        for (var i = 0; i < count; i++)
        {
            if (TryFlag(CsvFields.Field(line.Span, ends, i), out _))
            {
                return i switch { TradeFlag => ArchiveKind.Trades, AggTradeFlag => ArchiveKind.AggTrades, _ => null };
            }
        }

        return count is KlineColumns or KlineColumns + 1 ? ArchiveKind.Klines : null;
    }

    public static bool TryParse(ReadOnlyMemory<byte> line, ArchiveKind kind, long number, out ArchiveRow row, out string problem)
    {
        Span<int> ends = stackalloc int[ColumnsMax];
        var fields = new Fields(line.Span, ends, CsvFields.FindEnds(line.Span, (byte)',', ends));
        row = kind switch
        {
            ArchiveKind.Trades => Trade(ref fields, number),
            ArchiveKind.AggTrades => AggTrade(ref fields, number),
            _ => Kline(ref fields, number),
        };
        problem = fields.Problem ?? "";
        return fields.Problem is null;
    }

    private static ArchiveRow Trade(ref Fields fields, long number)
    {
        var id = fields.Whole(0, "id");
        return new ArchiveRow(number, id, id, fields.Time(4, "time"))
        {
            Price = fields.Price(1, "price"),
            Quantity = fields.Quantity(2, "qty"),
            Aggressor = fields.Flag(TradeFlag, "is_buyer_maker") ? Side.Sell : Side.Buy,
        };
    }

    private static ArchiveRow AggTrade(ref Fields fields, long number)
    {
        var row = new ArchiveRow(number, fields.Whole(3, "first_trade_id"), fields.Whole(4, "last_trade_id"), fields.Time(5, "transact_time"))
        {
            Price = fields.Price(1, "price"),
            Quantity = fields.Quantity(2, "quantity"),
            Aggressor = fields.Flag(AggTradeFlag, "is_buyer_maker") ? Side.Sell : Side.Buy,
        };
        if (row.LastId < row.FirstId)
        {
            fields.Wrong($"last_trade_id {row.LastId} is below first_trade_id {row.FirstId}");
        }

        return row;
    }

    private static ArchiveRow Kline(ref Fields fields, long number)
    {
        var (open, close) = (fields.Time(0, "open_time"), fields.Time(6, "close_time"));

        // The close time is the last ms or µs of the interval.
        var unit = close.UnixNanoseconds % Timestamp.NanosecondsPerMillisecond == 0 ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromMicroseconds(1);
        var interval = close - open + unit;
        if (fields.Problem is null && interval <= TimeSpan.Zero)
        {
            fields.Wrong($"close_time {close} is not after open_time {open}");
        }

        var offGrid = interval > TimeSpan.Zero && interval <= TimeSpan.FromDays(1) && open.RoundDownTo(interval) != open;
        var id = interval > TimeSpan.Zero ? open.UnixNanoseconds / 100 / interval.Ticks : 0;
        var row = new ArchiveRow(number, id, id, open)
        {
            Open = fields.Price(1, "open"),
            High = fields.Price(2, "high"),
            Low = fields.Price(3, "low"),
            Price = fields.Price(4, "close"),
            Quantity = fields.Quantity(5, "volume"),
            Interval = interval,
            QuoteVolume = fields.Decimal(7, "quote_volume"),
            TradeCount = (int)Math.Clamp(fields.Whole(8, "count"), 0, int.MaxValue),
            BuyVolume = fields.Quantity(9, "taker_buy_volume"),
            IsOffGrid = offGrid,
        };
        if (row.High < row.Low || row.High < row.Open || row.High < row.Price || row.Low > row.Open || row.Low > row.Price)
        {
            fields.Wrong($"high {row.High} and low {row.Low} don't enclose open {row.Open} and close {row.Price}");
        }

        return row;
    }

    private static bool Is(string field, string name) => field.Trim().Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool TryFlag(ReadOnlySpan<byte> field, out bool value)
    {
        value = Ascii.EqualsIgnoreCase(field, "true"u8);
        return value || Ascii.EqualsIgnoreCase(field, "false"u8);
    }

    /// <summary>The fields of a line; keeps the first problem.</summary>
    private ref struct Fields(ReadOnlySpan<byte> line, ReadOnlySpan<int> ends, int count)
    {
        private readonly ReadOnlySpan<byte> _line = line;
        private readonly ReadOnlySpan<int> _ends = ends;

        public string? Problem { get; private set; }

        public void Wrong(string problem) => Problem ??= problem;

        public long Whole(int index, string name) =>
            Utf8Parser.TryParse(Of(index), out long value, out var used) && used == Of(index).Length && value >= 0 ? value : Wrong<long>(index, name, "a whole number of 0 or more");

        public Timestamp Time(int index, string name) =>
            NumberTime.TryReadEpoch(Of(index), out var time) ? time : Wrong<Timestamp>(index, name, "a time in s, ms, µs or ns of the years 2009 to 2200");

        public Price Price(int index, string name) =>
            Domain.Price.TryParse(Of(index), out var price) && !price.IsZero ? price : Wrong<Price>(index, name, "a price above 0 with at most 8 decimals");

        public Quantity Quantity(int index, string name) =>
            Domain.Quantity.TryParse(Of(index), out var quantity) ? quantity : Wrong<Quantity>(index, name, "a quantity with at most 8 decimals");

        public decimal Decimal(int index, string name) =>
            decimal.TryParse(Of(index), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : Wrong<decimal>(index, name, "a number");

        public bool Flag(int index, string name) => TryFlag(Of(index), out var value) ? value : Wrong<bool>(index, name, "true or false");

        private readonly ReadOnlySpan<byte> Of(int index) => index < count ? CsvFields.Trim(CsvFields.Field(_line, _ends, index)) : [];

        private T Wrong<T>(int index, string name, string expected)
            where T : struct
        {
            var field = Of(index);
            Problem ??= index >= count
                ? $"{count} columns: column {index + 1}, {name}, is missing"
                : $"{name} '{Encoding.UTF8.GetString(field[..Math.Min(Shown, field.Length)])}' is not {expected}";
            return default;
        }
    }
}
