using System.Globalization;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Drift;

/// <summary>
/// Compares a model's probabilities of a rise with what the price did by its horizon. An unchanged price counts as no outcome, as in
/// training. Invariants: (1) an outcome is the last price at or before the horizon; (2) one that a pause of more than a minute
/// hides is left out; (3) at most <see cref="WaitingMax"/> probabilities wait, and further ones are left out.
/// </summary>
/// <param name="brier">Mean squared error in training, out of sample.</param>
/// <param name="horizon">Time from a probability to its outcome.</param>
internal sealed class OutcomeWatch(double brier, TimeSpan horizon) : IStateful
{
    public const int WaitingMax = 20_000;

    private const byte Version = 1;
    private const int CountMax = 1_000_000_000;

    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(1);

    private readonly Queue<(Timestamp Due, double Probability, double Price)> _waiting = new();
    private CalibrationWatch _watch = new() { ReferenceBrier = brier };
    private Timestamp _last;
    private double _lastPrice;

    public DecayReading Read()
    {
        if (_watch.Excesses.IsEmpty)
        {
            return new(DriftState.Gathering, null, brier, "no complete day of outcomes yet");
        }

        return new(
            _watch.IsAlarm ? DriftState.Alarm : DriftState.None,
            _watch.Brier,
            brier,
            string.Create(CultureInfo.InvariantCulture, $"the probabilities have a mean squared error of {_watch.Brier:0.0000} over {_watch.Excesses.Length} days, {brier:0.0000} in training"));
    }

    /// <summary>Takes each sample in order.</summary>
    /// <param name="time">Event time.</param>
    /// <param name="price">Mid, above 0.</param>
    public void OnPrice(Timestamp time, double price)
    {
        while (_waiting.TryPeek(out var oldest) && oldest.Due <= time)
        {
            _waiting.Dequeue();
            var (at, outcome) = oldest.Due == time ? (time, price) : (_last, _lastPrice);
            if (oldest.Due - at <= PauseMax && outcome != oldest.Price)
            {
                _watch = _watch.Add(time, oldest.Probability, outcome > oldest.Price);
            }
        }

        (_last, _lastPrice) = (time, price);
    }

    /// <summary>A probability at the last price.</summary>
    public void Expect(double probability)
    {
        if (_waiting.Count < WaitingMax && double.IsFinite(probability))
        {
            _waiting.Enqueue((_last + horizon, probability, _lastPrice));
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Version(Version);
        writer.Write(brier);
        writer.Write(horizon);
        writer.Write(_last);
        writer.Write(_lastPrice);
        writer.Write(_watch.Excesses.Length);
        writer.Write(_watch.Excesses.AsSpan());
        writer.Write(_watch.Cluster);
        writer.Write(_watch.ClusterSum);
        writer.Write(_watch.ClusterCount);
        writer.Write(_watch.LogEvidence);
        writer.Write(_waiting.Count);
        foreach (var (due, probability, price) in _waiting)
        {
            writer.Write(due);
            writer.Write(probability);
            writer.Write(price);
        }
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(OutcomeWatch), Version);
        reader.Require("mean squared error in training", reader.ReadDouble(), brier);
        reader.Require("horizon", reader.ReadTimeSpan().Ticks, horizon.Ticks);
        (_last, _lastPrice) = (reader.ReadTimestamp(), reader.ReadDouble());
        var excesses = new double[reader.ReadCount("days of outcomes", CalibrationWatch.ClustersMax)];
        reader.Read(excesses);
        _watch = _watch with
        {
            Excesses = [.. excesses],
            Cluster = reader.ReadLong(),
            ClusterSum = reader.ReadDouble(),
            ClusterCount = Math.Clamp(reader.ReadLong(), 0, CountMax),
            LogEvidence = reader.ReadDouble(),
        };
        _waiting.Clear();
        for (var left = reader.ReadCount("probabilities that wait", WaitingMax); left > 0; left--)
        {
            _waiting.Enqueue((reader.ReadTimestamp(), reader.ReadDouble(), reader.ReadDouble()));
        }
    }
}
