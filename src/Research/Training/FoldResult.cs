namespace BtcAgent.Research.Training;

/// <summary>One walk-forward fold: trained on the past, judged on what came after.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="TrainRows">After purging and embargo.</param>
/// <param name="TrainFrom">First training row.</param>
/// <param name="TrainTo">Last training row.</param>
/// <param name="TestRows">Judged.</param>
/// <param name="TestFrom">First test row.</param>
/// <param name="TestTo">Last test row.</param>
/// <param name="Trees">Kept by early stopping.</param>
/// <param name="Auc">Area under the ROC curve, test rows.</param>
/// <param name="LogLoss">Of calibrated probabilities, test rows, in nats.</param>
/// <param name="Brier">Of calibrated probabilities, test rows.</param>
/// <param name="EntryConfidence">Chosen on the validation part, before the test rows were seen.</param>
/// <param name="NetReturn">Of equity over the test window after costs, as a fraction.</param>
/// <param name="RoundTrips">Positions opened and closed in the test window.</param>
public sealed record FoldResult(
    int Fold,
    int TrainRows,
    Timestamp TrainFrom,
    Timestamp TrainTo,
    int TestRows,
    Timestamp TestFrom,
    Timestamp TestTo,
    int Trees,
    double Auc,
    double LogLoss,
    double Brier,
    double EntryConfidence,
    double NetReturn,
    int RoundTrips);
