namespace BtcAgent.Models.LightGbm.Native;

/// <summary>
/// Native LightGBM refused a call, or cannot be loaded. The message is LightGBM's own, or contains the remedy.
/// </summary>
public sealed class LightGbmException(string message) : Exception(message);
