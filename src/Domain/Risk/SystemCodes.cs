namespace BtcAgent.Domain.Risk;

/// <summary>Breakers on the agent's health whose reason says more than the code.</summary>
public static class SystemCodes
{
    public const string NoDecisions = "NO_DECISIONS";
    public const string StoreUnwritable = "STORE_UNWRITABLE";
    public const string GrainUnavailable = "GRAIN_UNAVAILABLE";
}
