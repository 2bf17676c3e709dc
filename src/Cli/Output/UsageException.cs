namespace BtcAgent.Cli.Output;

/// <summary>Options that don't go together; the message says which.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>A wrong value of an option is wrong usage.</summary>
    public static T Unless<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(e.Message);
        }
    }
}
