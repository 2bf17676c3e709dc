namespace BtcAgent.Research.Replays;

public static class StepNames
{
    public const string Features = "features";
    public const string Score = "score";
    public const string Signal = "signal";
    public const string Verdict = "verdict";
    public const string Order = "order";
}
