namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>Keys of the metadata_props in a converted model.</summary>
public static class OnnxMetadata
{
    /// <summary>Feature names in input order, separated by spaces.</summary>
    public const string FeatureNames = "feature_names";

    /// <summary>Key of LightGBM's objective line.</summary>
    public const string Objective = "objective";

    /// <summary>SHA-256 of the model text, lower-case hexadecimal.</summary>
    public const string TextHash = "model_text_sha256";

    /// <summary>Name of the <see cref="OnnxPrecision"/>.</summary>
    public const string Precision = "precision";

    /// <summary>SHA-256 of all bytes before this entry, lower-case hexadecimal; the file's last entry.</summary>
    public const string Seal = "sha256";
}
