namespace BtcAgent.Research.Experiments;

/// <summary>The champion's days, which all challengers of one experiment share: volatility in regimes, and its own profits.</summary>
internal sealed class ChampionDays(SimulatedProfits profits, ProfitRandom random)
{
    private ProfitRandom _random = random;
    private double _logVolatility;
    private double _shock;

    /// <summary>Volatility of the day.</summary>
    public double Volatility { get; private set; }

    /// <summary>The market's shock of the day, in standard deviations.</summary>
    public double Shock => _shock;

    /// <summary>The champion's net profit of the day.</summary>
    public double Pnl { get; private set; }

    public void Next()
    {
        var persistence = profits.VolatilityPersistence;
        _logVolatility = (persistence * _logVolatility) + (Math.Sqrt(1 - (persistence * persistence)) * profits.VolatilitySpread * _random.Normal());
        // The mean square of exp(N(0, s²)) is exp(2·s²).
        Volatility = profits.Volatility * Math.Exp(_logVolatility - (profits.VolatilitySpread * profits.VolatilitySpread));
        _shock = Following(_shock, profits, ref _random);
        Pnl = MeanOf(profits.ChampionSharpe, profits) + (Volatility * _shock);
    }

    /// <summary>Mean of a day with this annualised Sharpe ratio.</summary>
    public static double MeanOf(double sharpe, SimulatedProfits profits) => sharpe * profits.Volatility / Math.Sqrt(SimulatedProfits.DaysPerYear);

    /// <summary>The next shock of an autoregression with a variance of 1.</summary>
    public static double Following(double shock, SimulatedProfits profits, ref ProfitRandom random)
    {
        var phi = profits.Autocorrelation;
        return (phi * shock) + (Math.Sqrt(1 - (phi * phi)) * random.Student(profits.TailDegrees));
    }
}
