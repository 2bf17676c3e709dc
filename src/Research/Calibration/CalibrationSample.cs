namespace BtcAgent.Research.Calibration;

/// <summary>Validates scores of rows that the model was not trained on, and their outcomes.</summary>
internal static class CalibrationSample
{
    /// <exception cref="ArgumentException">There are no rows, lengths differ, or a score or weight is not
    /// finite.</exception>
    public static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<bool> outcomes, ReadOnlySpan<double> weights)
    {
        if (scores.IsEmpty || scores.Length != outcomes.Length || (!weights.IsEmpty && weights.Length != scores.Length))
        {
            throw new ArgumentException($"{scores.Length} scores, {outcomes.Length} outcomes and {weights.Length} weights do not match");
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (!double.IsFinite(scores[i]) || (!weights.IsEmpty && !(weights[i] >= 0 && double.IsFinite(weights[i]))))
            {
                throw new ArgumentException($"row {i} has a score or weight that is not finite, or a negative weight");
            }
        }
    }
}
