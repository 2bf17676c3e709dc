using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>
/// VPIN: mean |buy − sell| / volume over the last 50 buckets of equal volume. Source: Easley, López de Prado, O'Hara
/// 2012, with the aggressor side of each trade instead of bulk classification.
/// </summary>
internal sealed class VolumeClock(double bucketBase) : IStateful
{
    private const int Buckets = 50;

    private readonly double[] _imbalances = new double[Buckets];
    private double _sum;
    private double _buy;
    private double _sell;
    private int _next;
    private int _count;

    /// <summary>0…1; NaN until 50 buckets are full.</summary>
    public double Value => _count < Buckets ? double.NaN : Math.Clamp(_sum / Buckets, 0, 1);

    public void AddTrade(double volume, bool buy)
    {
        // A trade larger than all buckets fills each of them with its own side; more volume would not change the result.
        volume = Math.Min(volume, (Buckets + 1) * bucketBase);
        while (volume > 0)
        {
            var room = bucketBase - _buy - _sell;
            var part = Math.Min(room, volume);
            volume -= part;
            if (buy)
            {
                _buy += part;
            }
            else
            {
                _sell += part;
            }

            if (part < room)
            {
                return;
            }

            Close();
        }
    }

    private void Close()
    {
        _imbalances[_next] = Math.Abs(_buy - _sell) / bucketBase;
        _next = (_next + 1) % Buckets;
        _count = Math.Min(_count + 1, Buckets);
        _sum = 0;
        foreach (var imbalance in _imbalances)
        {
            _sum += imbalance;
        }

        (_buy, _sell) = (0, 0);
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(bucketBase);
        writer.Write(_imbalances);
        writer.Write(_sum);
        writer.Write(_buy);
        writer.Write(_sell);
        writer.Write(_next);
        writer.Write(_count);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(VolumeClock), 1);
        reader.Require("VPIN bucket", reader.ReadDouble(), bucketBase);
        reader.Read(_imbalances);
        _sum = reader.ReadDouble();
        _buy = reader.ReadDouble();
        _sell = reader.ReadDouble();
        _next = reader.ReadIndex("next VPIN bucket", Buckets);
        _count = reader.ReadCount("VPIN buckets", Buckets);
    }
}
