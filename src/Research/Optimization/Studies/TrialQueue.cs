using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Hands out the trials of a study in order, and takes their results in any order. Thread-safe.</summary>
internal sealed class TrialQueue
{
    // Seeds of folds derive from their numbers, that of the suggestion from a number that no fold has.
    private const ulong SuggestionPart = ulong.MaxValue;

    private readonly object _gate = new();
    private readonly SearchSpace _space;
    private readonly ISampler _sampler;
    private readonly StudyOptions _options;
    private readonly ITrialStore _store;
    private readonly TimeProvider _time;
    private readonly IProgress<StudyProgress>? _progress;
    private readonly long? _limit;
    private readonly long _started;
    private readonly int _kept;

    // By number. Those of the points from _told.Count on are in flight, or wait for an earlier one.
    private readonly List<ParameterPoint> _points;
    private readonly List<Trial> _told;
    private readonly Dictionary<int, Trial> _waiting = [];
    private StudyEnd? _end;
    private ExceptionDispatchInfo? _failure;

    internal TrialQueue(
        SearchSpace space, ISampler sampler, StudyOptions options, ITrialStore store, TimeProvider time, IProgress<StudyProgress>? progress)
    {
        (_space, _sampler, _options, _store, _time, _progress) = (space, sampler, options, store, time, progress);
        _told = [.. store.Trials];
        _points = [.. _told.Select(trial => trial.Point)];
        _kept = _told.Count;
        _limit = sampler.TrialsMax(space) is { } most ? Math.Min(options.Trials ?? long.MaxValue, most) : options.Trials;
        _started = time.GetTimestamp();
    }

    /// <summary>The next trial, as soon as all up to its number − lag are known; null when the run ends.</summary>
    internal TrialStart? Take(CancellationToken ct)
    {
        lock (_gate)
        {
            while (!ct.IsCancellationRequested && _failure is null && !HasEnded())
            {
                if (_points.Count < _told.Count + _options.Lag)
                {
                    return Next();
                }

                Monitor.Wait(_gate);
            }

            return null;
        }
    }

    internal void Done(Trial trial)
    {
        lock (_gate)
        {
            _waiting.Add(trial.Number, trial);
            while (_waiting.Remove(_told.Count, out var next))
            {
                _store.Append(next);
                _told.Add(next);
                _progress?.Report(Progress(next));
            }

            Monitor.PulseAll(_gate);
        }
    }

    internal void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure ??= ExceptionDispatchInfo.Capture(exception);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets waiting threads see that the run was cancelled.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    internal StudyResult Finish(ImmutableArray<string> notes, bool isCancelled)
    {
        lock (_gate)
        {
            _failure?.Throw();
            // A run that was cancelled after its last trial is complete.
            var end = isCancelled && _told.Count < _points.Count ? StudyEnd.Cancelled : _end ?? StudyEnd.Cancelled;
            return new StudyResult([.. _told], Trial.BestOf(_told), end, notes);
        }
    }

    private bool HasEnded()
    {
        _end = _points.Count >= _limit
            ? _limit < (_options.Trials ?? long.MaxValue) ? StudyEnd.Exhausted : StudyEnd.Trials
            : _options.Time <= _time.GetElapsedTime(_started) ? StudyEnd.Time : null;
        return _end is not null;
    }

    private TrialStart Next()
    {
        var number = _points.Count;
        var known = Math.Max(0, number - _options.Lag + 1);
        var seed = TrialRandom.Derive(_options.Seed, (ulong)number);
        // Later results may have arrived; using them would make the trial depend on the threads.
        var history = _told.Take(known).Select(trial => trial.Observed)
            .Concat(_points.Skip(known).Select(point => new ObservedTrial(point, TrialState.Running, double.NaN, 0)))
            .ToList();
        var point = _sampler.Suggest(_space, history, TrialRandom.Derive(seed, SuggestionPart));
        _points.Add(point);
        return new TrialStart(number, point, seed, Trial.BestOf(_told.Take(known)));
    }

    private StudyProgress Progress(Trial trial)
    {
        var elapsed = _time.GetElapsedTime(_started);
        var ofTime = _options.Time is { } time ? time - elapsed : TimeSpan.MaxValue;
        var ofTrials = _limit is { } limit ? elapsed / (_told.Count - _kept) * Math.Max(0, limit - _told.Count) : TimeSpan.MaxValue;
        var left = ofTime < ofTrials ? ofTime : ofTrials;
        return new StudyProgress(
            trial, Trial.BestOf(_told), _told.Count, _limit, elapsed, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }
}
