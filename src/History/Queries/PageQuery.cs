using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Contracts.Queries;
using BtcAgent.History.Datasets;
using BtcAgent.History.Files;
using BtcAgent.History.Sql;

namespace BtcAgent.History.Queries;

/// <summary>The SQL of a page, and the files that can have its rows.</summary>
internal sealed class PageQuery
{
    private const string RecordColumn = "record_json";
    private const int NanosPerMicro = 1_000;

    private readonly Dataset _dataset;
    private readonly HistoryRequest _request;
    private readonly PageCursor? _cursor;

    /// <exception cref="HistoryRequestException">A filter that the data set lacks, or a foreign cursor.</exception>
    public PageQuery(Dataset dataset, HistoryRequest request)
    {
        (_dataset, _request) = (dataset, request);
        _cursor = request.Cursor is { } text ? PageCursor.Parse(text, request) : null;
        foreach (var (name, filter) in new[] { (DatasetSource.InstrumentColumn, request.Instrument), ("portfolio", request.Portfolio), ("strategy", request.Strategy) })
        {
            // They become literals of the query, which ends at a NUL.
            if (filter?.Any(char.IsControl) == true)
            {
                throw new HistoryRequestException($"{name} has a control character: leave it out");
            }
        }

        Demand(request.Portfolio, "portfolio");
        Demand(request.Strategy, "strategy");
        if (!dataset.IsByInstrument)
        {
            Demand(request.Instrument, DatasetSource.InstrumentColumn);
        }

        Columns =
        [
            .. dataset.Columns.Where(column => column.Type != ColumnType.Nanos && !column.Name.StartsWith("fact_", StringComparison.Ordinal)
                && (column.Name != RecordColumn || request.WithRecord)),
        ];
    }

    /// <summary>Columns of the answer.</summary>
    public ImmutableArray<DatasetColumn> Columns { get; }

    /// <summary>Files that may have rows of the page, those with its first rows first.</summary>
    public IReadOnlyList<DataFile> Candidates(IEnumerable<DataFile> files)
    {
        var fitting = files.Where(file => (!_dataset.IsByInstrument || _request.Instrument is null || file.Instrument == _request.Instrument)
            && !(file.LastTime < _request.From?.UnixNanoseconds) && !(file.FirstTime >= _request.To?.UnixNanoseconds)
            && (_cursor is null || (_request.OldestFirst ? file.LastTime / NanosPerMicro >= _cursor.Micros : file.FirstTime / NanosPerMicro <= _cursor.Micros)));
        return _request.OldestFirst
            ? [.. fitting.OrderBy(file => file.FirstTime)]
            : [.. fitting.OrderByDescending(file => file.LastTime)];
    }

    /// <summary>True when no file outside of those read can have a row before the page's last one.</summary>
    /// <param name="lastMicros">Event time of the last row, µs.</param>
    /// <param name="next">The first file that was not read.</param>
    public bool IsComplete(long lastMicros, DataFile next) =>
        _request.OldestFirst ? lastMicros < next.FirstTime / NanosPerMicro : lastMicros > next.LastTime / NanosPerMicro;

    /// <summary>Reads one row more than the page has, each with its place behind the columns.</summary>
    public string ToSql(IReadOnlyCollection<DataFile> files, Func<DataFile, string> pathOf)
    {
        var direction = _request.OldestFirst ? "" : " DESC";
        var order = string.Join(", ", new[] { "event_time", "event_nanos", "fact_log", "fact_partition", "fact_offset", "fact_row" }.Select(name => name + direction));
        var shown = Columns.Select(column => $"{column.QueryExpression} AS \"{column.QueryName}\"");
        if (_dataset.IsByInstrument)
        {
            shown = shown.Prepend($"replace({DatasetSource.InstrumentColumn}, '_', ':') AS {DatasetSource.InstrumentColumn}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            SELECT {string.Join(", ", shown)},
                epoch_us(event_time) AS _micros, event_nanos AS _nanos, fact_log AS _log, fact_partition AS _partition, fact_offset AS _offset, fact_row AS _row
            FROM {DatasetSource.From(_dataset, files, pathOf)} WHERE {string.Join(" AND ", Conditions())} ORDER BY {order} LIMIT {_request.Limit + 1}
            """);
    }

    private IEnumerable<string> Conditions()
    {
        yield return "true";
        if (_request.From is { } from)
        {
            yield return $"event_time >= {Micros(from.UnixNanoseconds / NanosPerMicro)}";
        }

        if (_request.To is { } to)
        {
            yield return $"event_time < {Micros(to.UnixNanoseconds / NanosPerMicro)}";
        }

        if (_request.Instrument is { } instrument)
        {
            yield return $"{DatasetSource.InstrumentColumn} = {SqlText.Literal(_dataset.IsByInstrument ? instrument.Replace(':', '_') : instrument)}";
        }

        if (_request.Portfolio is { } portfolio)
        {
            yield return $"portfolio = {SqlText.Literal(portfolio)}";
        }

        if (_request.Strategy is { } strategy)
        {
            yield return $"strategy = {SqlText.Literal(strategy)}";
        }

        if (_cursor is { } at)
        {
            // The first condition alone lets the reader skip row groups.
            var beyond = _request.OldestFirst ? ">" : "<";
            yield return $"event_time {beyond}= {Micros(at.Micros)}";
            yield return string.Create(CultureInfo.InvariantCulture, $"""
                (epoch_us(event_time), event_nanos::BIGINT, fact_log, fact_partition, fact_offset, fact_row)
                {beyond} ({at.Micros}::BIGINT, {at.Nanos}::BIGINT, {SqlText.Literal(at.Log)}, {at.Partition}::BIGINT, {at.Offset}::BIGINT, {at.Row}::BIGINT)
                """);
        }
    }

    private void Demand(string? filter, string name)
    {
        if (filter is not null && _dataset.Columns.All(column => column.Name != name))
        {
            throw new HistoryRequestException($"{_dataset.Name} has no {name}: leave the filter out");
        }
    }

    /// <summary>A literal: a function of a number would pass through floating point.</summary>
    private static string Micros(long micros) =>
        $"TIMESTAMPTZ '{DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";
}
