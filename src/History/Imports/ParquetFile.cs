using System.Globalization;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.MarketData;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;
using DuckDB.NET.Data;
using Google.Protobuf;

namespace BtcAgent.History.Imports;

/// <summary>A Parquet file of trades, quotes or bars: of <c>btcagent data export</c>, or of another tool.</summary>
public sealed class ParquetFile
{
    private const int MemoryMb = 512;
    private const int OthersShown = 5;
    private static readonly byte[] Magic = "PAR1"u8.ToArray();

    private readonly string _path;
    private readonly ParquetColumns _columns;

    private ParquetFile(string path, ParquetColumns columns) => (_path, _columns) = (path, columns);

    /// <summary>Kind of its rows.</summary>
    public RowKind Kind => _columns.Kind;

    /// <summary>True when each bar has its interval.</summary>
    public bool HasIntervals => _columns.Has("interval");

    /// <summary>True for a file that begins as Parquet does; false also when it cannot be read.</summary>
    public static bool IsParquet(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[Magic.Length];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual(Magic);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <param name="path">The file.</param>
    /// <param name="columns">Names of columns by their role, such as <c>time</c> and <c>price</c>; empty to find them.</param>
    /// <exception cref="HistoryException">The file is absent or damaged, or has other columns.</exception>
    public static ParquetFile Open(string path, IReadOnlyDictionary<string, string> columns)
    {
        using var session = new SqlSession(MemoryMb, threads: 1, spillFolder: null);
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var command = session.Command($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {Source(path)})");
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                found.Add(row.GetString(0), row.GetString(1));
            }
        }
        catch (DuckDBException e)
        {
            throw Damaged(path, e);
        }

        return new ParquetFile(path, ParquetColumns.Find(path, found, columns));
    }

    /// <summary>Reads the rows of an instrument in the order of the file. Bars need their interval: see <see cref="HasIntervals"/>.</summary>
    /// <param name="instrument">Rows of others are left out.</param>
    /// <param name="withMessages">Whether rows have their message.</param>
    /// <param name="remark">Receives what was left out or is not known.</param>
    /// <exception cref="HistoryException">The file is damaged, or a row is refused; the message names row and value.</exception>
    public IEnumerable<ImportRow> Read(InstrumentId instrument, bool withMessages, Action<string> remark)
    {
        if (Kind == RowKind.Trade && !_columns.Has("aggressor") && !_columns.Has("maker"))
        {
            remark("no column says which side took liquidity: the aggressor is empty");
        }

        foreach (var values in Rows(instrument, remark))
        {
            yield return Kind switch
            {
                RowKind.Trade => Trade(values, withMessages),
                RowKind.Quote => Quote(values, withMessages),
                _ => BarRow(values, instrument, withMessages),
            };
        }
    }

    /// <summary>Reads bars that have no interval, in the order of the file, with their rows.</summary>
    /// <inheritdoc cref="Read"/>
    public IEnumerable<(long Row, Bar Bar)> ReadBars(InstrumentId instrument, Action<string> remark) =>
        Rows(instrument, remark).Select(values => (values.Row, BarOf(values, TimeSpan.Zero)));

    private IEnumerable<ParquetValues> Rows(InstrumentId instrument, Action<string> remark)
    {
        using var session = new SqlSession(MemoryMb, threads: 1, spillFolder: null);
        using var command = session.Command(Query());
        command.UseStreamingMode = true;
        using var reader = Guarded(command.ExecuteReader);
        var others = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var values = new ParquetValues(_path, reader);
        var any = false;
        for (long row = 1; Guarded(reader.Read); row++)
        {
            values.Row = row;
            if (values.Text(ParquetValues.Instrument) is { } name && !IsOf(instrument, name))
            {
                others[name] = others.GetValueOrDefault(name) + 1;
                continue;
            }

            any = true;
            yield return values;
        }

        var list = string.Join(", ", others.Take(OthersShown).Select(other => FormattableString.Invariant($"{other.Key} ({other.Value})")));
        if (!any)
        {
            throw new HistoryException(others.Count > 0
                ? $"{_path} has no row of {instrument}, only of {list}: name one with --instrument"
                : $"{_path}: the file has no rows");
        }

        if (others.Count > 0)
        {
            remark($"rows of other instruments are left out: {list}");
        }
    }

    private string Query() => Kind switch
    {
        RowKind.Trade => Select("time", _columns.Text("price"), _columns.Text("quantity"), _columns.Whole("id"), _columns.Time("received"), _columns.Text("aggressor"), _columns.Text("maker")),
        RowKind.Quote => Select("time", _columns.Text("bid"), _columns.Text("bidQuantity"), _columns.Whole("id"), _columns.Time("received"), _columns.Text("ask"), _columns.Text("askQuantity")),
        _ => Select(
            "time", _columns.Text("open"), _columns.Text("high"), _columns.Whole("interval"), _columns.Whole("count"), _columns.Text("low"), _columns.Text("close"),
            _columns.Text("volume"), _columns.Text("buyVolume"), _columns.Text("quoteVolume")),
    };

    private string Select(string time, params string[] values) =>
        $"SELECT {_columns.Time(time)}, {_columns.Text(time)}, {_columns.Text("instrument")}, {string.Join(", ", values)} FROM {Source(_path)}";

    private static ImportRow Trade(ParquetValues values, bool withMessages)
    {
        var (time, id) = (values.Time(), values.Whole(2, "id"));
        var row = new ImportRow(RowKind.Trade, values.Row, id, id, time);
        var (price, quantity) = (values.Price(0, "price"), values.Quantity(1, "quantity"));
        var aggressor = values.Aggressor(4, 5);
        return !withMessages ? row : row with
        {
            Message = ImportMessages.Event(new MarketEvent
            {
                Kind = MarketEventKind.Trade,
                Sequence = values.Row,
                EventTime = time,
                ReceiveTime = values.ReceiveTime(3) ?? time,
                FirstId = id,
                LastId = id,
                Price = price,
                Quantity = quantity,
                Aggressor = aggressor,
            }),
        };
    }

    private static ImportRow Quote(ParquetValues values, bool withMessages)
    {
        var (time, id) = (values.Time(), values.Whole(2, "id"));
        var row = new ImportRow(RowKind.Quote, values.Row, id, id, time);
        var (bid, ask) = (values.Price(0, "bid", mayBeZero: true), values.Price(4, "ask", mayBeZero: true));
        var (bidQuantity, askQuantity) = (values.Quantity(1, "bidQuantity"), values.Quantity(5, "askQuantity"));
        return !withMessages ? row : row with
        {
            Message = ImportMessages.Event(new MarketEvent
            {
                Kind = MarketEventKind.Quote,
                Sequence = values.Row,
                EventTime = time,
                ReceiveTime = values.ReceiveTime(3) ?? time,
                LastId = id,
                Price = bid,
                Quantity = bidQuantity,
                AskPrice = ask,
                AskQuantity = askQuantity,
            }),
        };
    }

    private ImportRow BarRow(ParquetValues values, InstrumentId instrument, bool withMessages)
    {
        var interval = TimeSpan.FromMilliseconds(values.Whole(2, "interval", least: 1));
        var bar = BarOf(values, interval);
        var place = bar.OpenTime.UnixNanoseconds / 100 / interval.Ticks;
        return new ImportRow(RowKind.Bar, values.Row, place, place, bar.OpenTime)
        {
            Interval = interval,
            IsOffGrid = interval <= TimeSpan.FromDays(1) && bar.OpenTime.RoundDownTo(interval) != bar.OpenTime,
            IsEmpty = values.WholeOrNull(3) == 0,
            Message = withMessages ? MessageOf(values, instrument, in bar) : null,
        };
    }

    private static IMessage MessageOf(ParquetValues values, InstrumentId instrument, in Bar bar)
    {
        var message = ImportMessages.PlainBar(instrument, in bar);
        message.TradeCount = (int)Math.Clamp(values.WholeOrNull(3) ?? ImportMessages.Unknown, ImportMessages.Unknown, int.MaxValue);
        message.BuyVolume = values.Text(ParquetValues.First + 7) is null ? ImportMessages.Unknown : values.Quantity(7, "buyVolume").Units;
        message.QuoteVolume = values.Amount(8, "quoteVolume")?.ToString(CultureInfo.InvariantCulture) ?? "";
        return message;
    }

    private static Bar BarOf(ParquetValues values, TimeSpan interval)
    {
        var bar = new Bar(
            values.Time(), interval, values.Price(0, "open"), values.Price(1, "high"), values.Price(4, "low"), values.Price(5, "close"),
            values.Quantity(6, "volume", roundsDown: true), Domain.Quantity.Zero, 0, 0);
        return bar.High < bar.Low || bar.High < bar.Open || bar.High < bar.Close || bar.Low > bar.Open || bar.Low > bar.Close
            ? throw values.Wrong($"high {bar.High} and low {bar.Low} don't enclose open {bar.Open} and close {bar.Close}")
            : bar;
    }

    /// <summary>Compares <c>BINANCE:BTCUSDT</c>, and symbols such as <c>BTC/USDT</c>.</summary>
    private static bool IsOf(InstrumentId instrument, string name) =>
        name == instrument.Key || string.Concat(name.Where(char.IsAsciiLetterOrDigit)).Equals(instrument.Symbol, StringComparison.OrdinalIgnoreCase);

    private static string Source(string path) => $"read_parquet({SqlText.Literal(path)}, hive_partitioning = false)";

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDBException e)
        {
            throw Damaged(_path, e);
        }
    }

    private static HistoryException Damaged(string path, DuckDBException e) =>
        new($"{path}: the file is not readable as Parquet: {e.Message.ReplaceLineEndings(" ").Trim()}", e);
}
