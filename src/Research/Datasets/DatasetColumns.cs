using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Parquet.Schema;

namespace BtcAgent.Research.Datasets;

/// <summary>The columns and metadata keys of a dataset file.</summary>
internal static class DatasetColumns
{
    public const string Format = "btcagent-dataset-1";
    public const string FormatKey = "format";
    public const string InstrumentKey = "instrument";
    public const string SchemaHashKey = "schema_hash";
    public const string FeaturesKey = "features";
    public const string LabelKey = "label";
    public const string HorizonKey = "label_horizon_ns";
    public const string DataHashKey = "data_sha256";
    public const string RowsKey = "rows";

    public static readonly DataField<long> Time = new("time_ns");
    public static readonly DataField<double> Price = new("price");
    public static readonly DataField<bool> Known = new("label_known");
    public static readonly DataField<int> Outcome = new("label_outcome");
    public static readonly DataField<float> ReturnBps = new("label_return_bps");
    public static readonly DataField<long> EndTime = new("label_end_ns");
    public static readonly DataField<double> Weight = new("weight");

    /// <summary>Refuses features with the name of a fixed column.</summary>
    public static ImmutableArray<DataField<float>> Features(IEnumerable<string> names) =>
        [.. names.Select(n => new DataField<float>($"f_{n}"))];

    public static ParquetSchema Schema(IEnumerable<DataField<float>> features) =>
        new([Time, Price, .. features, Known, Outcome, ReturnBps, EndTime, Weight]);

    public static long[] Nanoseconds(Timestamp[] times) => MemoryMarshal.Cast<Timestamp, long>(times).ToArray();

    public static Timestamp[] Times(long[] nanoseconds) => MemoryMarshal.Cast<long, Timestamp>(nanoseconds).ToArray();
}
