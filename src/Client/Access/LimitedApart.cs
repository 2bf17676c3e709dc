namespace BtcAgent.Client.Access;

/// <summary>Metadata of an endpoint that the ordinary limits leave alone.</summary>
internal sealed class LimitedApart
{
    /// <summary>Stops trading: limited separately.</summary>
    public static readonly LimitedApart Stop = new();

    /// <summary>Signs in: failures alone are limited.</summary>
    public static readonly LimitedApart SignIn = new();

    private LimitedApart()
    {
    }
}
