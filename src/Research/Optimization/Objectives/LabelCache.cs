using BtcAgent.Research.Datasets;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>
/// Labels, weights and folds by horizon and barrier: computed once for the folds of a trial, and kept while few others are used.
/// Thread-safe; two threads that need the same labels compute them once.
/// </summary>
/// <param name="data">Rows and prices.</param>
/// <param name="split">Divides the labelled rows into folds.</param>
internal sealed class LabelCache(SearchData data, Func<FeatureDataset, LabelSet, IReadOnlyList<Fold>> split)
{
    /// <summary>Most labels kept: of a million rows each takes about 22 MB.</summary>
    public const int EntriesMax = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<(int Horizon, double Barrier), Lazy<LabelledRows>> _entries = [];
    private readonly LinkedList<(int Horizon, double Barrier)> _used = new();

    /// <param name="horizon">Horizon in steps of the data, 1 or more.</param>
    /// <param name="barrierBps">Distance of both barriers in basis points; 0 labels by the return at the horizon.</param>
    public LabelledRows Of(int horizon, double barrierBps)
    {
        var key = (horizon, barrierBps);
        Lazy<LabelledRows> entry;
        lock (_gate)
        {
            _used.Remove(key);
            _used.AddLast(key);
            if (!_entries.TryGetValue(key, out entry!))
            {
                entry = new Lazy<LabelledRows>(() => Make(horizon, barrierBps));
                _entries.Add(key, entry);
            }

            if (_entries.Count > EntriesMax)
            {
                _entries.Remove(_used.First!.Value);
                _used.RemoveFirst();
            }
        }

        return entry.Value;
    }

    private LabelledRows Make(int horizon, double barrierBps)
    {
        var (_, labels, weights) = data.Label(horizon, barrierBps);
        return new LabelledRows(labels, weights, split(data.Rows, labels));
    }
}
