namespace BtcAgent.Exchanges.Simulator.Flow;

/// <summary>
/// The hidden fair value, in virtual time. Large traders work parent orders, one after another with pauses between them; a
/// parent order biases the takers and moves the value by its impact, part of which reverts when it ends. Durations of parent
/// orders have a Pareto tail, so that the signs of trades have long memory. Source: Lillo, Mike, Farmer 2005;
/// <c>docs/embedded-market.md</c> lists all figures.
/// </summary>
internal sealed class FairValue(SeededRandom random, double startPrice)
{
    private const double PauseMeanSeconds = 60;
    private const double TurbulentShare = 0.25;
    private const double ParentMinSeconds = 60;
    private const double ParentMaxSeconds = 900;

    /// <summary>Exponent of the durations' tail: 1.5 gives sign correlations that decay with the lag to the power −0.5.</summary>
    private const double ParentTail = 1.5;

    /// <summary>Share of a parent order's impact that reverts after its end, with <see cref="ReversionHalfLifeSeconds"/>.</summary>
    private const double RevertingShare = 0.1;
    private const double ReversionHalfLifeSeconds = 20;

    /// <summary>A weak pull keeps a venue that runs for weeks within a plausible range of its start price.</summary>
    private const double PullHalfLifeSeconds = 86_400;

    private readonly double _logStart = Math.Log(startPrice);
    private double _log = Math.Log(startPrice);
    private double _parentBps;
    private double _toRevertBps;
    private double _endsIn = random.Exponential(PauseMeanSeconds);

    public double Price { get; private set; } = startPrice;

    public MarketRegime Regime { get; private set; } = MarketRegime.Quiet;

    /// <param name="elapsed">Seconds since the previous call.</param>
    public void Move(double elapsed)
    {
        _endsIn -= elapsed;
        if (_endsIn <= 0)
        {
            Next();
        }

        var impact = Regime.ImpactBps * elapsed;
        _parentBps += impact;
        var reverted = _toRevertBps * (1 - Math.Exp(-Math.Log(2) * elapsed / ReversionHalfLifeSeconds));
        _toRevertBps -= reverted;
        var noise = Regime.VolatilityBps * Math.Sqrt(elapsed) * random.Gaussian();
        _log += ((impact + noise - reverted) / 1e4) + ((_logStart - _log) * Math.Log(2) * elapsed / PullHalfLifeSeconds);
        Price = Math.Exp(_log);
    }

    private void Next()
    {
        if (Regime.IsParentOrder)
        {
            _toRevertBps += RevertingShare * _parentBps;
            _parentBps = 0;
            Regime = random.Chance(TurbulentShare) ? MarketRegime.Turbulent : MarketRegime.Quiet;
            _endsIn = random.Exponential(PauseMeanSeconds);
        }
        else
        {
            Regime = random.Chance(0.5) ? MarketRegime.Buying : MarketRegime.Selling;
            _endsIn = Math.Min(ParentMaxSeconds, ParentMinSeconds * Math.Pow(1 - random.Uniform(), -1 / ParentTail));
        }
    }
}
