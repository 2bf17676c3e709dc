using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Native;

namespace BtcAgent.Research.Training;

/// <summary>A forest with its calibration and policy, fitted without the test rows.</summary>
internal sealed record TrainedFold(TrainingOutcome Outcome, CalibrationCurve Calibration, TradingPolicy Policy);
