using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using BtcAgent.History.Datasets;
using BtcAgent.History.Queries;

namespace BtcAgent.History.Live;

/// <summary>Writes rows of a data set as the JSON objects that a page of its history has, without records.</summary>
internal sealed class JsonRowWriter(Dataset dataset) : RowWriter, IDisposable
{
    private const decimal Unit = 0.00000001m;
    private const int AmountDigits = 24;
    private const string RecordColumn = "record_json";

    private readonly ImmutableArray<DatasetColumn> _columns = dataset.Columns;
    private readonly ImmutableArray<string> _names = [.. dataset.Columns.Select(column => column.JsonName)];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly List<LiveRow> _rows = [];
    private Utf8JsonWriter? _json;
    private string? _instrument;
    private string? _portfolio;
    private int _column;

    private Utf8JsonWriter Json => _json ?? throw new InvalidOperationException("no row was begun");

    private DatasetColumn Column => _columns[_column];

    private string Name => _names[_column];

    /// <summary>Returns the rows written since the last call.</summary>
    public IReadOnlyList<LiveRow> Take()
    {
        IReadOnlyList<LiveRow> rows = [.. _rows];
        _rows.Clear();
        return rows;
    }

    public override RowWriter Time(long nanoseconds)
    {
        TimeOnly(nanoseconds);
        _column++; // Nanoseconds are not shown.
        return this;
    }

    public override RowWriter TimeOnly(long nanoseconds)
    {
        var time = DateTime.UnixEpoch.AddTicks(nanoseconds / 1000 * TimeSpan.TicksPerMicrosecond);
        Json.WriteString(Name, RowText.Of(time));
        return Next();
    }

    public override RowWriter Whole(long value)
    {
        Json.WritePropertyName(Name);
        if (Column.Type == ColumnType.Units)
        {
            Json.WriteNumberValue(value * Unit);
        }
        else
        {
            Json.WriteNumberValue(value);
        }

        return Next();
    }

    public override RowWriter Real(double value) => double.IsFinite(value) ? Number(json => json.WriteNumberValue(value)) : Null();

    public override RowWriter SingleOrNull(float? value) =>
        value is { } single && float.IsFinite(single) ? Number(json => json.WriteNumberValue(single)) : Null();

    public override RowWriter Flag(bool value)
    {
        Json.WriteBoolean(Name, value);
        return Next();
    }

    public override RowWriter Text(string value)
    {
        if (Column.Name == RecordColumn)
        {
            return Next(); // Kilobytes that a page shows on demand only.
        }

        Note(value);
        Json.WriteString(Name, value);
        return Next();
    }

    public override RowWriter List<T>(IReadOnlyCollection<T> values)
    {
        Json.WriteStartArray(Name);
        foreach (var value in values)
        {
            RowText.WriteJson(Json, value is long units && Column.Type == ColumnType.UnitsList ? units * Unit : value);
        }

        Json.WriteEndArray();
        return Next();
    }

    public override RowWriter Null()
    {
        if (Column.Name != RecordColumn)
        {
            Json.WriteNull(Name);
        }

        return Next();
    }

    public override void End()
    {
        Json.WriteEndObject();
        Json.Dispose();
        _json = null;
        _rows.Add(new LiveRow(_buffer.WrittenSpan.ToArray(), _instrument, _portfolio));
        RowOfFact++;
    }

    public void Dispose() => _json?.Dispose();

    protected override RowWriter BeginRow(string instrument)
    {
        _buffer.ResetWrittenCount();
        (_column, _instrument, _portfolio) = (0, instrument.Length > 0 ? instrument : null, null);
        _json = new Utf8JsonWriter(_buffer);
        Json.WriteStartObject();
        if (_instrument is not null)
        {
            Json.WriteString(DatasetSource.InstrumentColumn, _instrument);
        }

        return this;
    }

    /// <summary>As exact as the stored <c>DECIMAL(38,24)</c>.</summary>
    protected override RowWriter Amount(decimal value) =>
        Number(json => json.WriteNumberValue(decimal.Round(value, AmountDigits, MidpointRounding.ToZero)));

    private JsonRowWriter Number(Action<Utf8JsonWriter> write)
    {
        Json.WritePropertyName(Name);
        write(Json);
        return Next();
    }

    /// <summary>Remembers by what a subscriber may select the row.</summary>
    private void Note(string value)
    {
        switch (Column.Name)
        {
            case "portfolio":
                _portfolio = value;
                break;
            case DatasetSource.InstrumentColumn:
                _instrument = value;
                break;
            default:
                break;
        }
    }

    private JsonRowWriter Next()
    {
        _column++;
        return this;
    }
}
