using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>
/// The default space of <c>btcagent optimize</c> over bars. The size of a position is not in it: a Sharpe ratio hardly depends on
/// it, so that a search would choose it by noise; <c>fraction</c> may be in a space of another purpose.
/// </summary>
public static class ForestSpace
{
    private static readonly string[] YesNo = ["yes", "no"];

    /// <summary>Label, sampling, forest, feature groups, entry and exit.</summary>
    public static SearchSpace Default { get; } = new(
        new IntegerParameter("horizon", 15, 240, 15),
        new IntegerParameter("barrier_bps", 0, 150, 25),
        new IntegerParameter("sample_every", 5, 30, 5),
        new IntegerParameter("leaves", 4, 63, log: true),
        new NumberParameter("learning_rate", 0.03, 0.3, log: true),
        new IntegerParameter("min_rows", 50, 2_000, log: true),
        new IntegerParameter("rounds", 50, 200, 25),
        new NumberParameter("feature_fraction", 0.3, 1),
        new NumberParameter("bagging_fraction", 0.5, 1),
        new ChoiceParameter("use_returns", YesNo),
        new ChoiceParameter("use_trend", YesNo),
        new ChoiceParameter("use_oscillators", YesNo),
        new ChoiceParameter("use_volatility", YesNo),
        new ChoiceParameter("use_calendar", YesNo),
        new ChoiceParameter("entry", ["validation", "share"]),
        new NumberParameter("entry_share", 0.005, 0.3, log: true, new ParameterCondition("entry", new ParameterValue("share"))),
        new NumberParameter("exit_ratio", 0.2, 0.9));
}
