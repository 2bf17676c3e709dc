namespace BtcAgent.Client.Access;

/// <summary>Metadata of an endpoint with a separate limit.</summary>
internal sealed class LimitedApart
{
    /// <summary>Stops trading: limited separately.</summary>
    public static readonly LimitedApart Stop = new();

    /// <summary>Signs in: only failures are limited.</summary>
    public static readonly LimitedApart SignIn = new();

    private LimitedApart()
    {
    }
}
