namespace BtcAgent.Research.Optimization.Studies;

/// <summary>A store of trials that cannot be used; the message names the file, the reason and what to do.</summary>
public sealed class TrialStoreException(string message, Exception? inner = null) : Exception(message, inner);
