namespace BtcAgent.Client.Operators;

/// <summary>The issued keys cannot be read now, so that nobody but the holder of the operator key is admitted.</summary>
internal sealed class KeysUnavailableException(string message, Exception innerException) : Exception(message, innerException)
{
    public KeysUnavailableException(Exception innerException)
        : this("The keys cannot be read now: try again in a moment, or use the operator key of the data folder.", innerException)
    {
    }
}
