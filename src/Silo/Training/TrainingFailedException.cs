namespace BtcAgent.Silo.Training;

/// <summary>A training cannot succeed, however often it is tried; the message says why and what to do.</summary>
internal sealed class TrainingFailedException(string message, Exception? inner = null) : Exception(message, inner);
