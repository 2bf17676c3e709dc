namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Native LightGBM refused a call, or cannot be loaded; the message is its own, or says how to mend it.</summary>
public sealed class LightGbmException(string message) : Exception(message);
