using System.Collections.Immutable;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// Samples of one instrument in order of event time: exactly the float32 vectors that a live agent would score.
/// </summary>
public sealed class FeatureDataset
{
    /// <param name="instrument">Instrument of all rows.</param>
    /// <param name="schemaHash">Hash of the feature schema.</param>
    /// <param name="features">Names in schema order.</param>
    /// <param name="times">Sampling instants, ascending.</param>
    /// <param name="prices">Mid (tapes) or close (trades, bars) at each instant.</param>
    /// <param name="values">Row-major, rows × features; NaN where unknown.</param>
    /// <exception cref="ArgumentException">Lengths do not match, or times do not ascend.</exception>
    public FeatureDataset(
        InstrumentId instrument,
        ulong schemaHash,
        ImmutableArray<string> features,
        Timestamp[] times,
        double[] prices,
        float[] values)
    {
        if (times.Length != prices.Length || values.Length != (long)times.Length * features.Length)
        {
            throw new ArgumentException(
                $"{times.Length} times, {prices.Length} prices and {values.Length} values of {features.Length} features do not match");
        }

        for (var i = 1; i < times.Length; i++)
        {
            if (times[i] <= times[i - 1])
            {
                throw new ArgumentException($"row {i} is not after row {i - 1}: {times[i]}");
            }
        }

        Instrument = instrument;
        SchemaHash = schemaHash;
        Features = features;
        Times = times;
        Prices = prices;
        Values = values;
    }

    public InstrumentId Instrument { get; }

    public ulong SchemaHash { get; }

    public ImmutableArray<string> Features { get; }

    public int Rows => Times.Length;

    public Timestamp[] Times { get; }

    public double[] Prices { get; }

    public float[] Values { get; }

    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Features.Length, Features.Length);
}
