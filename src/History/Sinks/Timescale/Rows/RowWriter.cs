using Npgsql;
using NpgsqlTypes;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Writes the columns of rows to a binary COPY, in order.</summary>
/// <param name="importer">The running COPY.</param>
/// <param name="instruments">Ids of all instruments of the batch.</param>
/// <param name="cancellationToken">Stops the writing.</param>
internal sealed class RowWriter(
    NpgsqlBinaryImporter importer, IReadOnlyDictionary<string, int> instruments, CancellationToken cancellationToken)
{
    public Task RowAsync() => importer.StartRowAsync(cancellationToken);

    /// <summary>Truncated to the server's resolution of 1 µs.</summary>
    public Task TimeAsync(long unixNs) =>
        importer.WriteAsync(DateTime.UnixEpoch.AddTicks(unixNs / 100), NpgsqlDbType.TimestampTz, cancellationToken);

    public Task InstrumentAsync(string key) => IntAsync(instruments[key]);

    public Task IntAsync(int value) => importer.WriteAsync(value, NpgsqlDbType.Integer, cancellationToken);

    public Task SmallAsync(int value) => importer.WriteAsync((short)value, NpgsqlDbType.Smallint, cancellationToken);

    public Task LongAsync(long value) => importer.WriteAsync(value, NpgsqlDbType.Bigint, cancellationToken);

    public Task LongAsync(bool isKnown, long value) => isKnown ? LongAsync(value) : NullAsync();

    public Task DoubleAsync(double value) => importer.WriteAsync(value, NpgsqlDbType.Double, cancellationToken);

    public Task BoolAsync(bool value) => importer.WriteAsync(value, NpgsqlDbType.Boolean, cancellationToken);

    public Task NumericAsync(decimal value) => importer.WriteAsync(value, NpgsqlDbType.Numeric, cancellationToken);

    public Task NumericAsync(bool isKnown, string value) => isKnown ? NumericAsync(WireValues.Decimal(value)) : NullAsync();

    public Task TextAsync(string value) => importer.WriteAsync(value, NpgsqlDbType.Text, cancellationToken);

    /// <summary>Null for an empty text: Protobuf's way to leave a text out.</summary>
    public Task TextOrNullAsync(string value) => value.Length == 0 ? NullAsync() : TextAsync(value);

    public Task JsonAsync(string value) => importer.WriteAsync(value, NpgsqlDbType.Jsonb, cancellationToken);

    public Task LongsAsync(long[] values) =>
        importer.WriteAsync(values, NpgsqlDbType.Array | NpgsqlDbType.Bigint, cancellationToken);

    public Task RealsAsync(float[] values) =>
        importer.WriteAsync(values, NpgsqlDbType.Array | NpgsqlDbType.Real, cancellationToken);

    public Task TextsAsync(string[] values) =>
        importer.WriteAsync(values, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);

    public Task NullAsync() => importer.WriteNullAsync(cancellationToken);
}
