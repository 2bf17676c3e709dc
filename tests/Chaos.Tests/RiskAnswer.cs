using System.Text.Json;

namespace BtcAgent.Chaos.Tests;

/// <summary>Why a manual order was not sent.</summary>
internal static class RiskAnswer
{
    /// <summary>True when the reason is temporary, so that the same order is requested again.</summary>
    public static bool IsPassing(JsonElement answer) =>
        answer.GetProperty("order").ValueKind == JsonValueKind.Object
        || Refusals(answer).Any(code => code is "RECONCILING" or "NO_QUOTE" or "STALE_DATA" or "CROSSED_BOOK" or "FEED_LATENCY");

    public static bool IsHalted(JsonElement answer) => Refusals(answer).Contains("HALTED");

    private static IEnumerable<string?> Refusals(JsonElement answer) =>
        answer.GetProperty("decision").GetProperty("checks").EnumerateArray()
            .Where(check => !check.GetProperty("passed").GetBoolean()).Select(check => check.GetProperty("code").GetString());
}
