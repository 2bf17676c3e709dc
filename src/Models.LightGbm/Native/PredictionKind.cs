namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Values that <see cref="Booster.Predict"/> returns for each row.</summary>
public enum PredictionKind
{
    /// <summary>In the label's unit, such as a probability; one value per class.</summary>
    Transformed = 0,

    /// <summary>Sum of leaves; one value per class.</summary>
    RawScore = 1,

    /// <summary>Index of the leaf; one value per tree.</summary>
    LeafIndex = 2,

    /// <summary>TreeSHAP contribution per feature, then the expected raw score; per class.</summary>
    Contribution = 3,
}
