namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>post_transform of TreeEnsemble, ai.onnx.ml version 5.</summary>
internal enum PostTransform
{
    None = 0,
    Softmax = 1,
    Logistic = 2,

    /// <summary>Softmax of the scores that are not 0; scores of 0 stay.</summary>
    SoftmaxZero = 3,
}

/// <summary>Turns a row's aggregated scores into outputs, in place.</summary>
internal static class PostTransforms
{
    public static void Apply(PostTransform transform, Span<double> scores)
    {
        switch (transform)
        {
            case PostTransform.None:
                break;
            case PostTransform.Softmax:
            case PostTransform.SoftmaxZero:
                Softmax(scores, transform == PostTransform.SoftmaxZero);
                break;
            case PostTransform.Logistic:
                foreach (ref var score in scores)
                {
                    score = 1 / (1 + Math.Exp(-score));
                }

                break;
            default:
                throw new InvalidDataException($"post_transform {transform} is not evaluated here");
        }
    }

    private static void Softmax(Span<double> scores, bool keepZero)
    {
        var (greatest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var score in scores)
        {
            greatest = Math.Max(greatest, score);
        }

        foreach (ref var score in scores)
        {
            score = keepZero && score == 0 ? 0 : Math.Exp(score - greatest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score = sum == 0 ? 0 : score / sum;
        }
    }
}
