using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Settings;

/// <summary>Alerts and the channels that carry them: section <c>Alerts</c>.</summary>
public sealed class AlertOptions
{
    public const string Section = "Alerts";

    /// <summary>Whether the agent evaluates its rules and notifies. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Name of this agent in messages, at most 64 characters. Default <c>btcagent</c>.</summary>
    [Required, StringLength(64)]
    public string AgentName { get; set; } = "btcagent";

    /// <summary>Address before a rule's name in messages, where its page with the remedy is. Default <c>docs/alerts.md#</c>.</summary>
    [StringLength(300)]
    public string RunbookUrl { get; set; } = "docs/alerts.md#";

    /// <summary>
    /// Address of the gateway, as the people who receive messages reach it, such as <c>https://agent.example.org</c>; messages then have links
    /// that acknowledge. Default empty: none.
    /// </summary>
    [StringLength(200)]
    public string LinkBase { get; set; } = "";

    /// <summary>Hours that such a link can be used. Range 1…168, default 24.</summary>
    [Range(1, 168)]
    public int LinkHours { get; set; } = 24;

    /// <summary>Seconds between two evaluations of the rules. Range 1…300, default 2.</summary>
    [Range(1, 300)]
    public int EvaluateSeconds { get; set; } = 2;

    /// <summary>
    /// Seconds from the first alert of a group to its message, so that one message has them all. Range 0…3,600, default 30.
    /// </summary>
    [Range(0, 3_600)]
    public int GroupWaitSeconds { get; set; } = 30;

    /// <summary>Seconds between two messages about changes of a group. Range 1…86,400, default 300.</summary>
    [Range(1, 86_400)]
    public int GroupIntervalSeconds { get; set; } = 300;

    /// <summary>Minutes after which alerts that still fire are sent again, until acknowledged. Range 1…43,200, default 720.</summary>
    [Range(1, 43_200)]
    public int RepeatIntervalMinutes { get; set; } = 720;

    /// <summary>
    /// Labels that divide the alerts of one rule into groups, such as <c>portfolio</c>. Default none: all alerts of a rule are one message.
    /// </summary>
    public List<string> GroupBy { get; } = [];

    /// <summary>The channels, by name: lower-case letters, digits and dashes. Default none: alerts are only listed.</summary>
    public Dictionary<string, AlertChannelOptions> Channels { get; } = [];

    /// <summary>Steps that are taken until an alert is acknowledged, in order of time. Default none.</summary>
    public List<EscalationOptions> Escalation { get; } = [];

    /// <summary>Lowest severity that is escalated: <c>info</c>, <c>warning</c> or <c>critical</c>. Default <c>critical</c>.</summary>
    public AlertSeverity EscalateFrom { get; set; } = AlertSeverity.Critical;

    public QuietHoursOptions QuietHours { get; set; } = new();

    /// <summary>Noise of single rules, by name: <c>on</c>, <c>silent</c> (listed only) or <c>off</c>. Default <c>on</c>.</summary>
    public Dictionary<string, AlertNoise> Noise { get; } = [];

    public AlertRuleOptions Rules { get; set; } = new();

    public WatchdogOptions Watchdog { get; set; } = new();

    /// <summary>Hours between two probes of each channel. Range 1…168, default 24.</summary>
    [Range(1, 168)]
    public int ProbeHours { get; set; } = 24;

    /// <summary>
    /// Messages that may wait for one channel; further ones replace the oldest, which are counted. Range 10…10,000, default 200.
    /// </summary>
    [Range(10, 10_000)]
    public int WaitingMax { get; set; } = 200;
}
