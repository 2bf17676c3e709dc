namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Sets an optional field of a message, whose setter takes no null, when there is a value.</summary>
internal static class Optional
{
    public static void Set(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }

    public static void Set(decimal? value, Action<string> set)
    {
        if (value is { } known)
        {
            set(Plain.Text(known));
        }
    }

    public static void Set<T>(T? value, Action<T> set)
        where T : struct
    {
        if (value is { } known)
        {
            set(known);
        }
    }
}
