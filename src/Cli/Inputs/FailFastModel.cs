using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Research.Backtests;
using BtcAgent.Strategies.Checks;

namespace BtcAgent.Cli.Inputs;

/// <summary>
/// A strategy whose first exception ends the command with the line of its code. In the agent the strategy stops deciding, and
/// each of its signals is refused with the reason.
/// </summary>
internal sealed class FailFastModel : ISignalModel
{
    private readonly Strategy _strategy;

    private FailFastModel(Strategy strategy) => _strategy = strategy;

    public string Id => _strategy.Id;

    public string Hash => _strategy.Hash;

    public Timestamp TrainedTo => Timestamp.Unknown;

    /// <summary>Returns the model, behind this one when it is a strategy that can fail.</summary>
    public static ISignalModel Of(ISignalModel model) => model is Strategy strategy ? new FailFastModel(strategy) : model;

    public void OnBar(in Bar bar)
    {
        ((ISignalModel)_strategy).OnBar(in bar);
        Demand($"the bar at {bar.OpenTime}");
    }

    public ModelScore Score(FeatureSample sample)
    {
        var score = ((ISignalModel)_strategy).Score(sample);
        Demand($"the sample at {sample.EventTime}");
        return score;
    }

    private void Demand(string at)
    {
        if (_strategy.Failure is { } failure)
        {
            throw new BacktestException($"{Id} failed at {at}: {failure.GetType().Name}: {failure.Message}{StrategyPlace.Of(failure)}");
        }
    }
}
