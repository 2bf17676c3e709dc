using System.Globalization;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Drift;

/// <summary>
/// Sums the profit of a full position in the directions that a model wants, at mids and after costs, by UTC days, and looks for a
/// lasting fall below that of the training. A direction is taken at the sample after the one that wanted it, as in training.
/// Invariants: (1) a day counts once it is over, and only if it was seen from its begin; (2) the price's move during a pause of more
/// than a minute counts for nothing.
/// </summary>
/// <param name="expected">Profit of a day in training, out of sample.</param>
/// <param name="costBps">Cost of one side, in basis points of the notional.</param>
internal sealed class ProfitWatch(DailyProfit expected, double costBps) : IStateful
{
    private const byte Version = 1;
    private const long DayNs = 86_400 * Timestamp.NanosecondsPerSecond;

    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(1);

    private PerformanceCusum _cusum = new() { Mean = expected.Mean, Deviation = expected.Deviation };
    private Timestamp _last;
    private double _price;
    private int _held;
    private int _wanted;
    private double _today;
    private bool _isWhole;
    private long _days;

    public DecayReading Read() => _days == 0
        ? new(DriftState.Gathering, null, _cusum.Limit, "no complete day yet")
        : new(
            _cusum.IsAlarm ? DriftState.Alarm : DriftState.None,
            _cusum.Sum,
            _cusum.Limit,
            string.Create(CultureInfo.InvariantCulture, $"after {_days} days the shortfall of the daily profit is {_cusum.Sum:0.0} standard deviations, {_cusum.Limit:0} raise the alarm"));

    /// <summary>Takes each sample in order.</summary>
    /// <param name="time">Event time.</param>
    /// <param name="price">Mid, above 0.</param>
    /// <param name="direction">Direction that the model wants from now on: −1, 0 or 1.</param>
    public void Add(Timestamp time, double price, int direction)
    {
        if (_last.IsKnown && time.UnixNanoseconds / DayNs != _last.UnixNanoseconds / DayNs)
        {
            Close();
        }

        if (_last.IsKnown && time - _last <= PauseMax)
        {
            _today += _held * ((price / _price) - 1);
        }

        _today -= Math.Abs(_wanted - _held) * costBps / 1e4;
        (_held, _wanted, _last, _price) = (_wanted, direction, time, price);
    }

    public void Save(StateWriter writer)
    {
        writer.Version(Version);
        writer.Write(expected.Mean);
        writer.Write(expected.Deviation);
        writer.Write(_cusum.Sum);
        writer.Write(_last);
        writer.Write(_price);
        writer.Write(_held);
        writer.Write(_wanted);
        writer.Write(_today);
        writer.Write(_isWhole);
        writer.Write(_days);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(ProfitWatch), Version);
        reader.Require("mean profit of a day in training", reader.ReadDouble(), expected.Mean);
        reader.Require("deviation of a day's profit in training", reader.ReadDouble(), expected.Deviation);
        _cusum = _cusum with { Sum = reader.ReadDouble() };
        (_last, _price) = (reader.ReadTimestamp(), reader.ReadDouble());
        (_held, _wanted) = (reader.ReadInt(), reader.ReadInt());
        (_today, _isWhole, _days) = (reader.ReadDouble(), reader.ReadBool(), reader.ReadLong());
    }

    private void Close()
    {
        if (_isWhole)
        {
            _cusum = _cusum.Add(_today);
            _days++;
        }

        (_today, _isWhole) = (0, true);
    }
}
