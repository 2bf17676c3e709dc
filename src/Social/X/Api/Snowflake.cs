namespace BtcAgent.Social.X.Api;

/// <summary>Ids of X: milliseconds since 2010-11-04T01:42:54.657Z above 22 bits of machine and sequence. Source: X, "X IDs".</summary>
internal static class Snowflake
{
    private const long EpochMs = 1_288_834_974_657;
    private const int SequenceBits = 22;

    public static Timestamp TimeOf(long id) => Timestamp.FromUnixMilliseconds((id >> SequenceBits) + EpochMs);

    /// <summary>The lowest id of a millisecond.</summary>
    public static long FirstAt(Timestamp time) => Math.Max(0, time.UnixMilliseconds - EpochMs) << SequenceBits;
}
