using System.Text.Json;

namespace BtcAgent.Chaos.Tests;

/// <summary>Why an order by hand was not sent.</summary>
internal static class RiskAnswer
{
    /// <summary>Refused for a reason that goes away by itself: the same order is asked for again.</summary>
    public static bool IsPassing(JsonElement answer) =>
        answer.GetProperty("order").ValueKind == JsonValueKind.Object
        || Refusals(answer).Any(code => code is "RECONCILING" or "NO_QUOTE" or "STALE_DATA" or "CROSSED_BOOK" or "FEED_LATENCY");

    public static bool IsHalted(JsonElement answer) => Refusals(answer).Contains("HALTED");

    private static IEnumerable<string?> Refusals(JsonElement answer) =>
        answer.GetProperty("decision").GetProperty("checks").EnumerateArray()
            .Where(check => !check.GetProperty("passed").GetBoolean()).Select(check => check.GetProperty("code").GetString());
}
