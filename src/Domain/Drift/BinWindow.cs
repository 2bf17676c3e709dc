using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Drift;

/// <summary>Counts of one feature by bin over the last blocks of time; missing values have their own bin.</summary>
internal sealed class BinWindow(FeatureBins reference, int blocks) : IStateful
{
    private readonly int[] _counts = new int[blocks * (reference.Counts.Length + 1)];
    private readonly long[] _totals = new long[reference.Counts.Length + 1];

    public FeatureBins Reference => reference;

    public ReadOnlySpan<long> Known => _totals.AsSpan(0, reference.Counts.Length);

    public long Missing => _totals[^1];

    public void Add(int block, float value)
    {
        var bin = float.IsFinite(value) ? reference.BinOf(value) : _totals.Length - 1;
        _counts[(block * _totals.Length) + bin]++;
        _totals[bin]++;
    }

    public void Clear(int block)
    {
        for (var bin = 0; bin < _totals.Length; bin++)
        {
            _totals[bin] -= _counts[(block * _totals.Length) + bin];
            _counts[(block * _totals.Length) + bin] = 0;
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_totals.Length);
        foreach (var count in _counts)
        {
            writer.Write(count);
        }
    }

    public void Load(StateReader reader)
    {
        reader.Require("bins of a feature", reader.ReadInt(), _totals.Length);
        Array.Clear(_totals);
        for (var block = 0; block < blocks; block++)
        {
            for (var bin = 0; bin < _totals.Length; bin++)
            {
                _totals[bin] += _counts[(block * _totals.Length) + bin] = reader.ReadCount("rows of a bin", int.MaxValue);
            }
        }
    }
}
