using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Drift;

/// <summary>
/// Watches one serving model: features and scores, probabilities, profit, late scores and recomputations. Parts whose baseline is not
/// known report <see cref="DriftState.Unknown"/>. Takes each scored sample in order, in time proportional to the features; a state
/// that was saved continues to the same readings.
/// </summary>
public sealed class ModelWatch : IStateful
{
    private const byte Version = 1;
    private const int BreakCharsMax = 400;

    private readonly ModelBaseline _baseline;
    private readonly DriftOptions _options;
    private readonly DriftWatch? _drift;
    private readonly OutcomeWatch? _outcomes;
    private readonly ProfitWatch? _profit;
    private readonly float[] _row;
    private DriftReport? _report;
    private Timestamp _last;
    private Timestamp _expected;
    private ServingDay? _today;
    private long _scored;
    private long _recomputed;
    private long _breaks;
    private string? _lastBreak;

    /// <param name="baseline">The model's training.</param>
    /// <param name="options">Window and thresholds.</param>
    /// <param name="costBps">Cost of one side of a position, in basis points of the notional.</param>
    public ModelWatch(ModelBaseline baseline, DriftOptions options, double costBps)
    {
        (_baseline, _options) = (baseline, options);
        _drift = baseline.Distributions is { } distributions ? new DriftWatch(distributions, options) : null;
        _outcomes = baseline is { Brier: { } brier, Horizon: { } horizon } ? new OutcomeWatch(brier, horizon) : null;
        _profit = baseline.Profit is { } profit ? new ProfitWatch(profit, costBps) : null;
        _row = new float[baseline.Columns.Length];
    }

    /// <summary>Samples taken.</summary>
    public long Scored => _scored;

    /// <summary>Takes a scored sample; an older one than the last changes nothing.</summary>
    /// <param name="time">Event time.</param>
    /// <param name="values">The sample's values.</param>
    /// <param name="score">The calibrated score; NaN when the model had none.</param>
    /// <param name="mid">Mid of the quote; null without a two-sided one.</param>
    /// <param name="direction">Direction that the model wants: −1, 0 or 1.</param>
    /// <param name="isLate">True if the score took longer than its budget.</param>
    /// <exception cref="ArgumentException">A feature of the baseline is not among the values.</exception>
    public void Add(Timestamp time, ReadOnlySpan<float> values, double score, double? mid, int direction, bool isLate)
    {
        if (time <= _last)
        {
            return;
        }

        _last = time;
        _scored++;
        Count(time, isLate);
        if (_drift is not null)
        {
            for (var i = 0; i < _row.Length; i++)
            {
                var column = _baseline.Columns[i];
                _row[i] = column < values.Length ? values[column]
                    : throw new ArgumentException($"the sample has {values.Length} values, the model uses number {column}", nameof(values));
            }

            _report = _drift.Add(time, _row, score) ? null : _report;
        }

        if (mid is { } price && price > 0)
        {
            AddPrice(time, price, score, direction);
        }
    }

    /// <summary>A score was computed again.</summary>
    /// <param name="difference">The difference; null when there is none.</param>
    public void CountRecomputation(string? difference)
    {
        _recomputed++;
        if (difference is not null)
        {
            _breaks++;
            _lastBreak = difference.Length <= BreakCharsMax ? difference : difference[..BreakCharsMax];
        }
    }

    /// <summary>The state now. Drift is judged again after a row was counted, at most once a stride: it costs as much as a hundred samples.</summary>
    public ModelWatchReading Read(string modelId, Timestamp trainedTo) => new()
    {
        ModelId = modelId,
        TrainedTo = trainedTo,
        At = _last,
        Drift = _drift is null ? DriftReport.Unknown : _report ??= _drift.Read(),
        Calibration = _outcomes?.Read() ?? new(DriftState.Unknown, null, _baseline.Brier, "calibration is not watched: the artefact has no error or no fixed horizon"),
        Profit = _profit?.Read() ?? new(DriftState.Unknown, null, null, "profit is not watched: the artefact has no daily profit"),
        Today = _today,
        Recomputed = _recomputed,
        ParityBreaks = _breaks,
        LastBreak = _lastBreak,
    };

    public void Save(StateWriter writer)
    {
        writer.Version(Version);
        writer.Write(_last);
        writer.Write(_expected);
        writer.Write(_scored);
        writer.Write(_recomputed);
        writer.Write(_breaks);
        writer.Write(_lastBreak ?? "");
        writer.Write(_today?.Day.DayNumber ?? -1);
        writer.Write(_today?.Samples ?? 0);
        writer.Write(_today?.Late ?? 0);
        foreach (var part in Parts())
        {
            writer.Write(part is not null);
            part?.Save(writer);
        }
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(ModelWatch), Version);
        _report = null;
        (_last, _expected) = (reader.ReadTimestamp(), reader.ReadTimestamp());
        (_scored, _recomputed, _breaks) = (reader.ReadLong(), reader.ReadLong(), reader.ReadLong());
        _lastBreak = reader.ReadText("last difference") is { Length: > 0 } text ? text : null;
        var (day, samples, late) = (reader.ReadInt(), reader.ReadLong(), reader.ReadLong());
        _today = day < 0 ? null
            : day <= DateOnly.MaxValue.DayNumber ? new ServingDay(DateOnly.FromDayNumber(day), samples, late)
            : throw new StateFormatException($"the state has day {day}");
        foreach (var part in Parts())
        {
            reader.Require("parts of the watch", reader.ReadBool() ? 1 : 0, part is null ? 0 : 1);
            part?.Load(reader);
        }
    }

    private IStateful?[] Parts() => [_drift, _outcomes, _profit];

    private void Count(Timestamp time, bool isLate)
    {
        var day = DateOnly.FromDateTime(time.ToDateTimeOffset().UtcDateTime);
        var before = _today is { } today && today.Day == day ? today : new ServingDay(day, 0, 0);
        _today = before with { Samples = before.Samples + 1, Late = before.Late + (isLate ? 1 : 0) };
    }

    /// <summary>Neighbouring outcomes overlap: one a stride is enough.</summary>
    private void AddPrice(Timestamp time, double price, double score, int direction)
    {
        _profit?.Add(time, price, direction);
        if (_outcomes is null)
        {
            return;
        }

        _outcomes.OnPrice(time, price);
        if (!_expected.IsKnown || (time - _expected).TotalMilliseconds >= _options.StrideMs)
        {
            _expected = time;
            _outcomes.Expect(score);
        }
    }
}
