using System.Globalization;
using System.Text.Json;
using WellKnown = Google.Protobuf.WellKnownTypes;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Plain values of a message: decimals as text with every digit, an unknown time as none, enums by REST's names.</summary>
internal static class Plain
{
    public static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static WellKnown.Timestamp? Time(Timestamp time)
    {
        var (seconds, nanoseconds) = Math.DivRem(time.UnixNanoseconds, Timestamp.NanosecondsPerSecond);
        return time.IsKnown ? new WellKnown.Timestamp { Seconds = seconds, Nanos = (int)nanoseconds } : null;
    }

    public static WellKnown.Timestamp? Time(DateTimeOffset? time) => time is { } known ? WellKnown.Timestamp.FromDateTimeOffset(known) : null;
}
