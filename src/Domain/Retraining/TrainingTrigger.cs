namespace BtcAgent.Domain.Retraining;

/// <summary>Cause of a <see cref="TrainingJob"/>; the values are stored.</summary>
public enum TrainingTrigger : byte
{
    /// <summary>An operator's command.</summary>
    Operator = 1,

    /// <summary>The first model of a strategy on the embedded venue.</summary>
    Starter = 2,

    /// <summary><see cref="RetrainingSchedule"/>.</summary>
    Schedule = 3,

    /// <summary>The newest training data of the strategy's model are too old.</summary>
    ModelAge = 4,

    /// <summary>The distribution of the features moved away from that of the training data.</summary>
    FeatureDrift = 5,

    /// <summary>The distribution of the scores moved away from that of the training data.</summary>
    ScoreDrift = 6,

    /// <summary>The calibrated probabilities no longer agree with the outcomes.</summary>
    Calibration = 7,

    /// <summary>The strategy's results fell: a CUSUM alarm.</summary>
    Performance = 8,
}
