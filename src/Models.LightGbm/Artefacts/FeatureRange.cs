namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>What training saw of one feature: outside of it the model has learned nothing.</summary>
/// <param name="Name">In the model's input order.</param>
/// <param name="Low">Least value seen; null when it was never known.</param>
/// <param name="High">Greatest value seen; null when it was never known.</param>
/// <param name="MissingShare">Rows in which it was unknown, 0…1.</param>
/// <param name="Gain">Total gain of the splits on it; 0 when no tree asks for it.</param>
public sealed record FeatureRange(string Name, float? Low, float? High, double MissingShare, double Gain)
{
    public bool IsUsed => Gain > 0;
}
