namespace BtcAgent.Research.Training;

/// <summary>One walk-forward fold: trained on the past, tested on what came after.</summary>
/// <param name="Fold">Number of the fold, from 1.</param>
/// <param name="TrainRows">Training rows after purging and embargo.</param>
/// <param name="TrainFrom">Time of the first training row.</param>
/// <param name="TrainTo">Time of the last training row.</param>
/// <param name="TestRows">Test rows.</param>
/// <param name="TestFrom">Time of the first test row.</param>
/// <param name="TestTo">Time of the last test row.</param>
/// <param name="Trees">Trees kept by early stopping.</param>
/// <param name="Auc">Area under the ROC curve on the test rows.</param>
/// <param name="LogLoss">Log loss of calibrated probabilities on the test rows, in nats.</param>
/// <param name="Brier">Brier score of calibrated probabilities on the test rows.</param>
/// <param name="EntryConfidence">Chosen on the validation part, before the test rows were seen.</param>
/// <param name="NetReturn">Return of equity over the test window after costs, as a fraction.</param>
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
