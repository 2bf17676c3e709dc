using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Drift;

/// <summary>
/// Compares a model's inputs and scores with its training data over a moving window of event time. A feature has drifted when
/// its stability index reaches the threshold and its difference is significant among all features; the whole has when a share
/// of the features did, or the score did. Memory: features × bins × blocks counts, whatever the number of rows.
/// </summary>
public sealed class DriftWatch : IStateful
{
    private const byte Version = 1;

    private readonly DriftReference _reference;
    private readonly DriftOptions _options;
    private readonly BinWindow[] _features;
    private readonly BinWindow? _scores;
    private long _block = -1;
    private Timestamp _last;

    public DriftWatch(DriftReference reference, DriftOptions options)
    {
        _reference = reference;
        _options = options;
        _features = [.. reference.Bins.Select(bins => new BinWindow(bins, options.Blocks))];
        _scores = reference.Scores is { } scores ? new BinWindow(scores, options.Blocks) : null;
    }

    /// <summary>Takes a scored row; one that follows the last within the stride, or is older, is left out.</summary>
    /// <param name="time">Event time of the sample.</param>
    /// <param name="features">Values in the reference's order.</param>
    /// <param name="score">Calibrated score; NaN counts as missing.</param>
    /// <returns>True if the row was counted.</returns>
    /// <exception cref="ArgumentException">The number of values differs from the reference's.</exception>
    public bool Add(Timestamp time, ReadOnlySpan<float> features, double score)
    {
        if (features.Length != _features.Length)
        {
            throw new ArgumentException($"{features.Length} values, the reference has {_features.Length} features", nameof(features));
        }

        if (_last.IsKnown && time.UnixNanoseconds - _last.UnixNanoseconds < _options.StrideMs * Timestamp.NanosecondsPerMillisecond)
        {
            return false;
        }

        _last = time;
        var slot = Advance(time.UnixNanoseconds / (_options.BlockLength.Ticks * 100));
        for (var i = 0; i < features.Length; i++)
        {
            _features[i].Add(slot, features[i]);
        }

        _scores?.Add(slot, (float)score);
        return true;
    }

    public DriftReport Read()
    {
        var rows = _features.Length == 0 ? 0 : Rows(_features[0]);
        if (rows < _options.RowsMin)
        {
            return new(DriftState.Gathering, rows, 0, [], null, string.Create(CultureInfo.InvariantCulture, $"{rows} of {_options.RowsMin} rows seen"));
        }

        BinWindow[] windows = _scores is null ? _features : [.. _features, _scores];
        double[] statistics = [.. windows.Select(w => KolmogorovSmirnov.Statistic(w.Known, w.Reference.Counts.AsSpan()))];
        double[] pValues = [.. windows.Select((w, i) => KolmogorovSmirnov.PValue(statistics[i], Independent(rows - w.Missing), ReferenceIndependent(w.Reference, w.Reference.Known)))];
        var significant = FalseDiscovery.BenjaminiHochberg(pValues, _options.FalseDiscoveryRate);
        FeatureDrift[] all = [.. windows.Select((w, i) => Of(i < _features.Length ? _reference.Features[i] : "score", w, rows, statistics[i], pValues[i], significant[i]))];
        ImmutableArray<FeatureDrift> features = [.. all.Take(_features.Length)];
        var score = _scores is null ? null : all[^1];
        var drifted = features.Count(f => f.State == DriftState.Alarm);
        var share = (double)drifted / features.Length;
        var state = share >= _options.AlarmShare || score?.State == DriftState.Alarm ? DriftState.Alarm
            : drifted > 0 || score?.State == DriftState.Warning || features.Count(f => f.State != DriftState.None) >= _options.AlarmShare * features.Length ? DriftState.Warning
            : DriftState.None;
        var worst = features.MaxBy(f => double.IsNaN(f.Psi) ? -1 : f.Psi)!;
        return new(state, rows, share, features, score, string.Create(
            CultureInfo.InvariantCulture,
            $"{drifted} of {features.Length} features have drifted, most {worst.Name} with a stability index of {worst.Psi:0.00}{(score is null ? "" : $"; the score's is {score.Psi:0.00}")}"));
    }

    public void Save(StateWriter writer)
    {
        writer.Version(Version);
        writer.Write(_features.Length);
        writer.Write(_options.Blocks);
        writer.Write(_options.WindowHours);
        writer.Write(_scores is not null);
        writer.Write(_block);
        writer.Write(_last);
        foreach (var window in _features)
        {
            window.Save(writer);
        }

        _scores?.Save(writer);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(DriftWatch), Version);
        reader.Require("features", reader.ReadInt(), _features.Length);
        reader.Require("blocks", reader.ReadInt(), _options.Blocks);
        reader.Require("hours of the window", reader.ReadInt(), _options.WindowHours);
        reader.Require("score", reader.ReadBool() ? 1 : 0, _scores is null ? 0 : 1);
        _block = reader.ReadLong();
        _last = reader.ReadTimestamp();
        foreach (var window in _features)
        {
            window.Load(reader);
        }

        _scores?.Load(reader);
    }

    /// <summary>Clears the blocks that the window has left behind.</summary>
    private int Advance(long block)
    {
        for (var next = Math.Max(_block + 1, block - _options.Blocks + 1); next <= block; next++)
        {
            var slot = (int)(next % _options.Blocks);
            Array.ForEach(_features, window => window.Clear(slot));
            _scores?.Clear(slot);
        }

        _block = block;
        return (int)(block % _options.Blocks);
    }

    private FeatureDrift Of(string name, BinWindow window, long rows, double statistic, double pValue, bool isSignificant)
    {
        var psi = PopulationStability.Of(window.Reference, window.Known, window.Missing);
        var missing = (double)window.Missing / rows;
        // Missing values do not appear in the test of Kolmogorov and Smirnov; their share has its own.
        var differs = isSignificant || IsMissingOtherwise(window, rows);
        var state = psi >= _options.AlarmPsi && differs ? DriftState.Alarm : psi >= _options.WarnPsi && differs ? DriftState.Warning : DriftState.None;
        return new(name, psi, statistic, pValue, missing, state);
    }

    /// <summary>True if the share of missing values differs by more than three standard errors.</summary>
    private bool IsMissingOtherwise(BinWindow window, long rows)
    {
        var (here, there) = (Independent(rows), ReferenceIndependent(window.Reference, window.Reference.Rows));
        var (now, before) = ((double)window.Missing / rows, (double)window.Reference.Missing / window.Reference.Rows);
        var pooled = ((now * here) + (before * there)) / (here + there);
        return Math.Abs(now - before) > 3 * Math.Sqrt(pooled * (1 - pooled) * ((1 / here) + (1 / there)));
    }

    /// <summary>As of rows at the stride: more of them in the same time say no more.</summary>
    private double ReferenceIndependent(FeatureBins bins, long rows)
    {
        var spaced = _reference.Span is { } span ? Math.Max(1, span.TotalMilliseconds / _options.StrideMs) : bins.Rows;
        return Math.Max(1, rows * Math.Min(1, spaced / bins.Rows) / _options.CorrelatedRows);
    }

    private double Independent(long rows) => Math.Max(1, (double)rows / _options.CorrelatedRows);

    private static long Rows(BinWindow window)
    {
        var rows = window.Missing;
        foreach (var count in window.Known)
        {
            rows += count;
        }

        return rows;
    }
}
