namespace BtcAgent.Cli.Backtests;

/// <summary>Reports the completed share of a backtest.</summary>
internal sealed class StepProgress(Action<string, double> report) : IProgress<double>
{
    public void Report(double value) => report("backtest", value);
}
