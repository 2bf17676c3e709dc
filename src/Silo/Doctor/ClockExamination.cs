using System.Globalization;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Doctor;

/// <summary>This machine's clock against the venue's clock and against the date of its HTTP server.</summary>
internal sealed class ClockExamination : IExamination
{
    private const double OffsetMsComfortable = 250;

    /// <summary>A date has whole seconds, and its answer takes up to one.</summary>
    private const double DateSecondsMax = 3;

    public string Name => "clock";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        if (agent.Settings.Venue is VenueKind.Simulator or VenueKind.Replay)
        {
            return [];
        }

        using var binance = new BinanceAccess(agent);
        var estimate = new ClockOffsetEstimator();
        try
        {
            await binance.Public.MeasureClockAsync(estimate, cancellationToken);
            var window = agent.Section<BinanceTradingOptions>(BinanceTradingOptions.Section).RecvWindowMs;
            var ahead = await binance.ReadDateAsync(cancellationToken) is { } date ? (date - agent.Time.GetUtcNow()).TotalSeconds : (double?)null;
            return [Offset(estimate.Offset.TotalMilliseconds, estimate.RoundTrip.TotalMilliseconds, window), .. Date(ahead)];
        }
        catch (Exception e) when (e is MarketFeedException or BinanceApiException or HttpRequestException)
        {
            return [Finding.Problem("venue", $"the venue's clock cannot be read: {e.Message}", "check the network, and Binance:RestBaseAddress")];
        }
    }

    private Finding Offset(double offsetMs, double roundTripMs, int windowMs)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"the venue's clock is {offsetMs:+0;-0;0} ms against this one (round trip {roundTripMs:0} ms)");
        return Math.Abs(offsetMs) > windowMs
            ? Finding.Problem(Name, text, "set this machine's clock with NTP (chronyc makestep); market data would count as stale")
            : Math.Abs(offsetMs) > OffsetMsComfortable
                ? Finding.Warning(Name, text, "synchronise this machine's clock with NTP (chrony)")
                : Finding.Ok(Name, text);
    }

    private static IEnumerable<Finding> Date(double? aheadSeconds)
    {
        if (aheadSeconds is { } ahead && Math.Abs(ahead) > DateSecondsMax)
        {
            yield return Finding.Warning(
                "clock-date",
                string.Create(CultureInfo.InvariantCulture, $"the HTTP date of the venue is {ahead:+0;-0} s against this clock"),
                "set this machine's clock with NTP: certificates and sign-ins depend on it");
        }
    }
}
