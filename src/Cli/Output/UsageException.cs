namespace BtcAgent.Cli.Output;

/// <summary>Invalid or conflicting options; the message names them.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Calls <paramref name="check"/>; reports a path that cannot be written as wrong usage of the option.</summary>
    public static void UnlessWritable(string option, Action check)
    {
        try
        {
            check();
        }
        catch (IOException e)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }

    /// <summary>Calls <paramref name="create"/>; reports an invalid value as wrong usage.</summary>
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
