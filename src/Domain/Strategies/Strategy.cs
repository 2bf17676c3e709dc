using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Strategies;

/// <summary>
/// Base of strategies that users write: derive from <see cref="BarStrategy"/> or <see cref="SampleStrategy"/>. A strategy is a
/// function of the bars and samples it was given, in order: it reads no clock, file or network and draws no random numbers, so
/// that a backtest, a replay and the live agent decide the same. <c>docs/strategies.md</c> describes the contract.
/// </summary>
public abstract class Strategy : ISignalModel, IStateful
{
    private const byte StateVersion = 1;

    private StrategySignal _held = Flat("no decision yet");

    private protected Strategy()
    {
    }

    public string Id { get; private set; } = "";

    public string Hash { get; private set; } = "";

    /// <summary>The exception that ended the strategy; null while it runs. It decides nothing afterwards.</summary>
    public Exception? Failure { get; private set; }

    Timestamp ISignalModel.TrainedTo => Timestamp.Unknown;

    /// <summary>Position that the strategy last wanted; flat before its first decision. Not what is held: risk may have refused it.</summary>
    protected SignalDirection Direction => _held.Direction ?? SignalDirection.Flat;

    private protected FeatureSchema Schema { get; private set; } = null!;

    void ISignalModel.OnBar(in Bar bar)
    {
        if (Failure is null)
        {
            try
            {
                Take(in bar);
            }
            catch (Exception e)
            {
                Failure = e;
            }
        }
    }

    ModelScore ISignalModel.Score(FeatureSample sample)
    {
        if (Failure is null)
        {
            try
            {
                return ScoreOf(Decide(sample));
            }
            catch (Exception e)
            {
                Failure = e;
            }
        }

        return ModelScore.WarmingUp($"the strategy failed and decides nothing until it is created again: {Failure.GetType().Name}: {Failure.Message}");
    }

    /// <summary>Saves the whole state, so that a strategy created with the same parameters continues identically.</summary>
    public void Save(StateWriter writer)
    {
        writer.Version(StateVersion);
        Write(writer, in _held);
        SaveBars(writer);
        SaveState(writer);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(Strategy), StateVersion);
        _held = Read(reader);
        LoadBars(reader);
        LoadState(reader);
    }

    /// <summary>Wants to be long.</summary>
    /// <param name="reason">Why; shown with each decision.</param>
    /// <param name="confidence">0…1, clamped. Signals below <c>Agent:Signals:MinConfidence</c> (0.05) are refused.</param>
    /// <param name="expectedMoveBps">Expected move in the direction, in basis points, compared with the costs; NaN for unknown.</param>
    protected static StrategySignal Long(string reason, double confidence = 1, double expectedMoveBps = double.NaN) =>
        Wants(SignalDirection.Long, reason, confidence, expectedMoveBps);

    /// <summary>Wants to be short; a spot account sells what it holds and no more.</summary>
    /// <inheritdoc cref="Long"/>
    protected static StrategySignal Short(string reason, double confidence = 1, double expectedMoveBps = double.NaN) =>
        Wants(SignalDirection.Short, reason, confidence, expectedMoveBps);

    /// <summary>Wants no position.</summary>
    /// <param name="reason">Why; shown with each decision.</param>
    protected static StrategySignal Flat(string reason) => Wants(SignalDirection.Flat, reason, 1, double.NaN);

    /// <summary>Wants the same as before, with the same confidence.</summary>
    /// <param name="reason">Why; shown with each decision.</param>
    protected static StrategySignal Keep(string reason) => new() { IsReady = true, Reason = reason };

    /// <summary>Cannot decide yet, such as before the bars of a window are complete: the position stays as it is.</summary>
    /// <param name="reason">The missing data.</param>
    protected static StrategySignal NotReady(string reason) => new() { Reason = reason };

    /// <summary>Writes every field that changes after construction, in a fixed order.</summary>
    protected abstract void SaveState(StateWriter writer);

    /// <summary>Reads what <see cref="SaveState"/> wrote, in the same order.</summary>
    protected abstract void LoadState(StateReader reader);

    /// <exception cref="ArgumentException">The strategy cannot work with these bars.</exception>
    internal virtual void Begin(StrategySetup setup) => (Id, Hash, Schema) = (setup.Id, setup.Hash, setup.Schema);

    private protected abstract void Take(in Bar bar);

    private protected abstract StrategySignal Decide(FeatureSample sample);

    private protected abstract void SaveBars(StateWriter writer);

    private protected abstract void LoadBars(StateReader reader);

    /// <summary>Returns the signal with what it keeps filled in.</summary>
    private protected StrategySignal Resolve(StrategySignal signal)
    {
        if (!signal.IsReady)
        {
            return signal;
        }

        _held = signal.Direction is null ? _held with { Reason = signal.Reason } : signal;
        return _held;
    }

    private protected static void Write(StateWriter writer, in StrategySignal signal)
    {
        writer.Write(signal.IsReady);
        writer.Write(1 + (int)(signal.Direction ?? SignalDirection.Flat));
        writer.Write(signal.Score);
        writer.Write(signal.Confidence);
        writer.Write(signal.ExpectedMoveBps);
        writer.Write(signal.Reason);
    }

    private protected static StrategySignal Read(StateReader reader) => new()
    {
        IsReady = reader.ReadBool(),
        Direction = (SignalDirection)(reader.ReadIndex("direction of a signal", 3) - 1),
        Score = reader.ReadDouble(),
        Confidence = reader.ReadDouble(),
        ExpectedMoveBps = reader.ReadDouble(),
        Reason = reader.ReadText("reason of a signal"),
    };

    private ModelScore ScoreOf(StrategySignal decided)
    {
        var signal = Resolve(decided);
        return signal.IsReady
            ? new ModelScore(signal.Direction!.Value, signal.Score, signal.Confidence, signal.ExpectedMoveBps, Reason: signal.Reason)
            : ModelScore.WarmingUp(signal.Reason);
    }

    private static StrategySignal Wants(SignalDirection direction, string reason, double confidence, double expectedMoveBps)
    {
        var clamped = Math.Clamp(confidence, 0, 1);
        return new()
        {
            IsReady = true,
            Direction = direction,
            Score = (int)direction * clamped,
            Confidence = clamped,
            ExpectedMoveBps = expectedMoveBps,
            Reason = reason,
        };
    }
}
