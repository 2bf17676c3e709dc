using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>An incoming webhook of Slack.</summary>
public sealed class SlackOptions
{
    /// <summary>File with the webhook's address, which is a secret. Required.</summary>
    [Required]
    public string UrlFile { get; set; } = "";
}
