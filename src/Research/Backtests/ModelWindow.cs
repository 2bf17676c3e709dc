using System.Globalization;

namespace BtcAgent.Research.Backtests;

/// <summary>The time that a model was trained on, beside the time of a backtest of it.</summary>
/// <param name="TrainedFrom">Time of the first training row.</param>
/// <param name="TrainedTo">Time until which the training labels reach.</param>
/// <param name="Kind">How much of the backtest the model has seen.</param>
/// <param name="Text">The same in one sentence.</param>
public sealed record ModelWindow(Timestamp TrainedFrom, Timestamp TrainedTo, SampleKind Kind, string Text)
{
    /// <param name="trainedFrom">Time of the first training row.</param>
    /// <param name="trainedTo">Time of the last training row, plus the horizon of its label.</param>
    /// <param name="from">First time of the backtest.</param>
    /// <param name="to">Last time of the backtest.</param>
    public static ModelWindow Of(Timestamp trainedFrom, Timestamp trainedTo, Timestamp from, Timestamp to)
    {
        var kind = from > trainedTo || to < trainedFrom ? SampleKind.OutOfSample
            : from >= trainedFrom && to <= trainedTo ? SampleKind.InSample
            : SampleKind.Both;
        var trained = string.Create(
            CultureInfo.InvariantCulture, $"{trainedFrom.ToDateTimeOffset():yyyy-MM-dd HH:mm} to {trainedTo.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC");
        return new ModelWindow(trainedFrom, trainedTo, kind, kind switch
        {
            SampleKind.InSample => $"in-sample: the model was trained on all of this time ({trained})",
            SampleKind.OutOfSample when to < trainedFrom => $"out-of-sample, but before the training: the model was trained later ({trained})",
            SampleKind.OutOfSample => $"out-of-sample: the model was trained on earlier time only ({trained})",
            _ => $"both in-sample and out-of-sample: the model was trained on a part of this time ({trained})",
        });
    }
}
