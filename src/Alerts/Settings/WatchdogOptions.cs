using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>
/// Pings of a dead man's receiver, such as healthchecks.io, which raises the alarm when they stay away. They stop when the agent no
/// longer evaluates its rules.
/// </summary>
public sealed class WatchdogOptions
{
    /// <summary>File with the receiver's address, which is a secret. Default empty: no pings.</summary>
    public string UrlFile { get; set; } = "";

    /// <summary>HTTP method: <c>get</c> or <c>post</c>. Default <c>get</c>.</summary>
    public WatchdogMethod Method { get; set; } = WatchdogMethod.Get;

    /// <summary>Seconds between two pings. Range 1…86,400, default 60.</summary>
    [Range(1, 86_400)]
    public int IntervalSeconds { get; set; } = 60;

    /// <summary>Seconds after which an unanswered ping fails. Range 1…120, default 10.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 10;
}
