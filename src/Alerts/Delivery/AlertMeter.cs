using System.Diagnostics.Metrics;

namespace BtcAgent.Alerts.Delivery;

/// <summary>Counters of messages, read by any <see cref="MeterListener"/>.</summary>
internal static class AlertMeter
{
    public const string Name = "BtcAgent.Alerts";

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("notifications.sent", description: "Messages that a channel accepted, by channel");

    public static readonly Counter<long> Failed =
        Meter.CreateCounter<long>("notifications.failed", description: "Failed attempts, by channel");

    public static readonly Counter<long> CommandsRefused =
        Meter.CreateCounter<long>("commands.refused", description: "Commands of chats that were refused");

    public static readonly Gauge<int> Firing = Meter.CreateGauge<int>("firing", description: "Alerts that fire, by severity");
}
