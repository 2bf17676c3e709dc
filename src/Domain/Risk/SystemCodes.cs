namespace BtcAgent.Domain.Risk;

/// <summary>Codes of health breakers whose reason has more than the code.</summary>
public static class SystemCodes
{
    public const string NoDecisions = "NO_DECISIONS";
    public const string StoreUnwritable = "STORE_UNWRITABLE";
    public const string GrainUnavailable = "GRAIN_UNAVAILABLE";
}
