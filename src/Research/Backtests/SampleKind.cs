namespace BtcAgent.Research.Backtests;

/// <summary>How much of the data of a backtest its model was trained on.</summary>
public enum SampleKind : byte
{
    InSample = 1,
    OutOfSample = 2,
    Both = 3,
}
