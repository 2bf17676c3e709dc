using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Research.Training;

/// <summary>Moves of a policy's positions before costs on rows that the model was not trained on.</summary>
internal static class PositionMoves
{
    /// <summary>
    /// Mean move of the positions from entry to exit in their direction, in basis points, per unit of confidence at the entry:
    /// times the confidence, what a position entered now is expected to earn before costs. The positions are entered and left
    /// at the row after the one that decides, as in <see cref="PolicyBacktest"/>.
    /// </summary>
    /// <param name="prices">One price per row.</param>
    /// <param name="probabilities">One per row; NaN if the model gives none.</param>
    /// <param name="policy">Policy for all rows.</param>
    /// <returns>Within the limits of an artefact, 0 or more; null when no position was closed.</returns>
    public static double? PerConfidence(ReadOnlySpan<double> prices, ReadOnlySpan<double> probabilities, TradingPolicy policy)
    {
        double moves = 0, confidences = 0, confidence = 0, entry = 0;
        var held = SignalDirection.Flat;
        for (var i = 0; i + 1 < probabilities.Length; i++)
        {
            var wanted = policy.Next(held, probabilities[i]);
            if (wanted == held)
            {
                continue;
            }

            if (held != SignalDirection.Flat)
            {
                moves += 1e4 * (int)held * ((prices[i + 1] / entry) - 1);
                confidences += confidence;
            }

            (held, entry, confidence) = (wanted, prices[i + 1], Math.Abs((2 * probabilities[i]) - 1));
        }

        return confidences > 0 ? Math.Clamp(moves / confidences, 0, TradingPolicy.MoveBpsMax) : null;
    }
}
