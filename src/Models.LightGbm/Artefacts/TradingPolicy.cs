using BtcAgent.Domain.Signals;

namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>Maps a calibrated probability p to a target position. Confidence is |2p − 1|.</summary>
/// <param name="EntryConfidence">Smallest confidence to open a position, 0…1; a value above 1 opens none.</param>
/// <param name="ExitConfidence">Confidence below which a position is closed, 0…<paramref name="EntryConfidence"/>.</param>
/// <param name="MeanMoveBps">Mean move of the policy's positions from entry to exit on rows that the model was not trained on, per
/// unit of confidence at the entry, in basis points, 0 or more; the mean |return| of the label if none was closed. Times
/// confidence, the expected move before costs.</param>
/// <param name="OutOfRangeMax">Number of used features that may lie outside their training range, 0 or more.</param>
public sealed record TradingPolicy(double EntryConfidence, double ExitConfidence, double MeanMoveBps, int OutOfRangeMax)
{
    /// <summary>Largest <see cref="MeanMoveBps"/> of an artefact.</summary>
    public const double MoveBpsMax = 10_000;

    /// <summary>The direction wanted next: the served model's rule, and that of every backtest of it.</summary>
    /// <param name="held">Wanted before.</param>
    /// <param name="probability">Of a rise; NaN wants no position.</param>
    public SignalDirection Next(SignalDirection held, double probability)
    {
        if (double.IsNaN(probability))
        {
            return SignalDirection.Flat;
        }

        var confidence = Math.Abs((2 * probability) - 1);
        var side = probability >= 0.5 ? SignalDirection.Long : SignalDirection.Short;
        return confidence >= EntryConfidence ? side
            : confidence < ExitConfidence || side != held ? SignalDirection.Flat
            : held;
    }
}
