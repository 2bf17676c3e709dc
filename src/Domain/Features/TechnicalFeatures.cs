using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Indicators;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Features;

/// <summary>The technical group: indicators on closed bars. Empty bars count, with the last close.</summary>
internal sealed class TechnicalFeatures : IStateful
{
    /// <summary>Bars until every window is full.</summary>
    public const int BarsToWarm = 61;

    private const int ClosesKept = 64;

    private readonly double[] _closes = new double[ClosesKept];
    private readonly Ema _ema10 = new(10);
    private readonly Ema _ema20 = new(20);
    private readonly Ema _ema50 = new(50);
    private readonly Rsi _rsi = new(14);
    private readonly Macd _macd = new(12, 26, 9);
    private readonly AverageTrueRange _atr = new(14);
    private readonly BollingerBands _bands = new(20, 2);
    private readonly Vwap _vwap = new(60);
    private readonly DirectionalMovement _movement = new(14);
    private readonly Stochastic _stochastic = new(14, 3, 3);
    private readonly DonchianChannel _channel = new(20);
    private readonly RollingMoments _volumes = new(20);
    private double _close = double.NaN;
    private double _volume;

    public int Bars { get; private set; }

    public bool IsWarm => Bars >= BarsToWarm;

    public void OnBar(in Bar bar)
    {
        var high = bar.High.ToDouble();
        var low = bar.Low.ToDouble();
        _close = bar.Close.ToDouble();
        _volume = bar.Volume.ToDouble();
        _closes[Bars % ClosesKept] = _close;
        Bars++;
        _ema10.Add(_close);
        _ema20.Add(_close);
        _ema50.Add(_close);
        _rsi.Add(_close);
        _macd.Add(_close);
        _atr.Add(high, low, _close);
        _bands.Add(_close);
        _vwap.Add(high, low, _close, _volume);
        _movement.Add(high, low, _close);
        _stochastic.Add(high, low, _close);
        _channel.Add(high, low);
        _volumes.Add(_volume);
    }

    public void Write(ref FeatureWriter writer)
    {
        writer.Add(Return(1));
        writer.Add(Return(5));
        writer.Add(Return(15));
        writer.Add(Return(60));
        writer.Add(Bps(_close - _ema10.Value, _ema10.Value));
        writer.Add(Bps(_close - _ema20.Value, _ema20.Value));
        writer.Add(Bps(_close - _ema50.Value, _ema50.Value));
        writer.Add(Bps(_ema10.Value - _ema20.Value, _ema20.Value));
        writer.Add(_rsi.Value / 100);
        writer.Add(Bps(_macd.Value, _close));
        writer.Add(Bps(_macd.Histogram, _close));
        writer.Add(Bps(_atr.Value, _close));
        writer.Add(_bands.PercentB);
        writer.Add(Bps(_bands.Upper - _bands.Lower, _bands.Middle));
        writer.Add(Bps(_close - _vwap.Value, _vwap.Value));
        writer.Add(_movement.Adx / 100);
        writer.Add(Balance(_movement.PlusDi, _movement.MinusDi));
        writer.Add(_stochastic.K / 100);
        writer.Add(_stochastic.D / 100);
        writer.Add(_channel.Upper > _channel.Lower ? (_close - _channel.Lower) / (_channel.Upper - _channel.Lower) : double.NaN);
        writer.Add(_volumes.Mean > 0 ? _volume / _volumes.Mean : double.NaN);
    }

    private double Return(int bars) =>
        Bars > bars ? 1e4 * Math.Log(_close / _closes[(Bars - 1 - bars) % ClosesKept]) : double.NaN;

    private static double Bps(double difference, double of) => of > 0 ? 1e4 * difference / of : double.NaN;

    private static double Balance(double plus, double minus) =>
        double.IsNaN(plus) ? double.NaN : plus + minus > 0 ? (plus - minus) / (plus + minus) : 0;

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_closes);
        _ema10.Save(writer);
        _ema20.Save(writer);
        _ema50.Save(writer);
        _rsi.Save(writer);
        _macd.Save(writer);
        _atr.Save(writer);
        _bands.Save(writer);
        _vwap.Save(writer);
        _movement.Save(writer);
        _stochastic.Save(writer);
        _channel.Save(writer);
        _volumes.Save(writer);
        writer.Write(_close);
        writer.Write(_volume);
        writer.Write(Bars);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(TechnicalFeatures), 1);
        reader.Read(_closes);
        _ema10.Load(reader);
        _ema20.Load(reader);
        _ema50.Load(reader);
        _rsi.Load(reader);
        _macd.Load(reader);
        _atr.Load(reader);
        _bands.Load(reader);
        _vwap.Load(reader);
        _movement.Load(reader);
        _stochastic.Load(reader);
        _channel.Load(reader);
        _volumes.Load(reader);
        _close = reader.ReadDouble();
        _volume = reader.ReadDouble();
        Bars = reader.ReadCount("bars", int.MaxValue);
    }
}
