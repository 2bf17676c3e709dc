namespace BtcAgent.Research.Bars;

/// <summary>Indices of the columns of a bar file, found by the names in its header.</summary>
/// <param name="Time">Index of the time, or of the date when the time of day has a column.</param>
/// <param name="Clock">Index of the time of day; -1 when it is in the time column.</param>
/// <param name="Symbol">Index of the symbol; -1 for none.</param>
/// <param name="Open">Index of the opening price.</param>
/// <param name="High">Index of the highest price.</param>
/// <param name="Low">Index of the lowest price.</param>
/// <param name="Close">Index of the closing price.</param>
/// <param name="Volume">Index of the base volume.</param>
/// <param name="Names">All names, normalised.</param>
internal sealed record BarColumns(
    int Time, int Clock, int Symbol, int Open, int High, int Low, int Close, int Volume, string[] Names)
{
    private const int BinanceColumns = 12;

    private const string TimeWanted = "timestamp, time, open_time, unix or date";

    private static readonly string[] UnitSuffixes = ["_ms", "_us", "_ns", "_s", "_utc"];

    /// <summary>Best first: a file may have a number and a text of the same time.</summary>
    private static readonly string[] TimeNames =
    [
        "open_time", "opentime", "timestamp", "unix", "unix_timestamp", "unixtime", "unix_time", "time_open", "time_period_start", "datetime",
        "date_time", "gmt_time", "time", "date", "start", "candle_date_time", "t",
    ];

    private static readonly HashSet<string> QuoteAssets = new(StringComparer.Ordinal)
    {
        "usd", "usdt", "usdc", "busd", "fdusd", "tusd", "dai", "eur", "gbp", "jpy", "try", "brl", "krw", "aud", "cad", "chf", "currency", "quote",
    };

    /// <summary>Index of the close time; -1 for none. Without a header only Binance's archives have as many columns.</summary>
    public int CloseTime { get; } = Array.FindIndex(Names, name => WithoutUnit(name) is "close_time" or "closetime" or "time_close" or "time_period_end");

    public int Last => Math.Max(
        Math.Max(Math.Max(Time, Clock), Math.Max(Open, High)), Math.Max(Math.Max(Low, Close), Math.Max(Volume, Symbol)));

    /// <summary>Columns of a file without a header: the order of Binance, Kraken and most others.</summary>
    public static BarColumns WithoutHeader(int count) => new(
        0, -1, -1, 1, 2, 3, 4, 5,
        [
            .. new[] { "time", "open", "high", "low", "close", "volume" },
            .. Enumerable.Range(6, count - 6).Select(i => i == 6 && count == BinanceColumns ? "close_time" : ""),
        ]);

    /// <summary>Returns how many of the needed columns a line names; 6 when it is a header.</summary>
    public static int CountNamed(string[] fields)
    {
        var names = Array.ConvertAll(fields, Normalise);
        return new[] { "open", "high", "low", "close" }.Count(name => FindPrice(names, name) >= 0)
            + (FindTime(names) >= 0 ? 1 : 0) + (FindVolume(names) >= 0 ? 1 : 0);
    }

    /// <exception cref="FormatException">A column is missing or occurs twice; the message lists those found.</exception>
    public static BarColumns Parse(string[] fields)
    {
        var names = Array.ConvertAll(fields, Normalise);
        var time = Found(TimeWanted, FindTime(names));
        return new BarColumns(
            time,
            names[time] is "date" ? Array.IndexOf(names, "time") : -1,
            Array.FindIndex(names, name => name is "symbol" or "pair" or "ticker"),
            Price("open"),
            Price("high"),
            Price("low"),
            Price("close"),
            Found("volume", FindVolume(names)),
            names);

        int Price(string name)
        {
            var index = Found(name, FindPrice(names, name));
            return Array.IndexOf(names, names[index], index + 1) < 0
                ? index
                : throw new FormatException($"the header has the column '{name}' twice; found: {string.Join(", ", names)}");
        }

        int Found(string wanted, int index) => index >= 0
            ? index
            : throw new FormatException($"no column '{wanted}' in the header; found: {string.Join(", ", names)}");
    }

    /// <summary>Returns the time of a row; null when the row has too few fields.</summary>
    public byte[]? TimeOf(ReadOnlySpan<byte> line, byte separator)
    {
        Span<int> ends = stackalloc int[Math.Max(Time, Clock) + 1];
        if (CsvFields.FindEnds(line, separator, ends) < ends.Length)
        {
            return null;
        }

        var time = CsvFields.Trim(CsvFields.Field(line, ends, Time));
        return Clock < 0 ? time.ToArray() : [.. time, (byte)' ', .. CsvFields.Trim(CsvFields.Field(line, ends, Clock))];
    }

    private static int FindPrice(string[] names, string wanted)
    {
        foreach (var spelling in new[] { wanted, $"price_{wanted}", $"{wanted}_price", wanted[..1] })
        {
            if (Array.IndexOf(names, spelling) is >= 0 and var index)
            {
                return index;
            }
        }

        return -1;
    }

    private static int FindTime(string[] names)
    {
        if (Array.IndexOf(names, "date") is >= 0 and var date && Array.IndexOf(names, "time") >= 0)
        {
            return date;
        }

        foreach (var wanted in TimeNames)
        {
            if (Array.FindIndex(names, name => WithoutUnit(name) == wanted) is >= 0 and var index)
            {
                return index;
            }
        }

        // The index of a data frame has no name.
        return names.Length > 0 && names[0].Length == 0 ? 0 : -1;
    }

    /// <summary>The volume in base asset: a plain name, else the first that does not name a quote currency.</summary>
    private static int FindVolume(string[] names)
    {
        var plain = Array.FindIndex(names, name => name is "volume" or "vol" or "v" or "base_volume" or "volume_base");
        return plain >= 0
            ? plain
            : Array.FindIndex(names, name => name.StartsWith("volume_", StringComparison.Ordinal) && !QuoteAssets.Contains(name[7..]));
    }

    private static string WithoutUnit(string name)
    {
        foreach (var suffix in UnitSuffixes)
        {
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        }

        return name;
    }

    /// <summary><c>Volume (BTC)</c>, <c>Volume_(BTC)</c> and <c>Volume BTC</c> are one name.</summary>
    private static string Normalise(string name)
    {
        var letters = name.Trim('\uFEFF', ' ', '<', '>', '"', '\'', '#').ToLowerInvariant()
            .Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        return string.Join('_', letters.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries));
    }
}
