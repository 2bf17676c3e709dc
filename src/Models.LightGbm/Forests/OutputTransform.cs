namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>Maps raw scores to predictions. Source: ConvertOutput of LightGBM's objectives.</summary>
public enum OutputTransform : byte
{
    Identity = 0,

    /// <summary>1 / (1 + exp(-sigmoid · x)), for each class separately.</summary>
    Sigmoid = 1,

    /// <summary>exp(xₖ) / Σ exp(xⱼ).</summary>
    Softmax = 2,

    Exponential = 3,

    /// <summary>sign(x) · x², of regression trained with reg_sqrt.</summary>
    SignedSquare = 4,

    /// <summary>log(1 + exp(x)), of cross_entropy_lambda.</summary>
    SoftPlus = 5,
}
