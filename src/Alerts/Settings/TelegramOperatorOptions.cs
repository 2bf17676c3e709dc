using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Access;

namespace BtcAgent.Alerts.Settings;

/// <summary>A person whose commands the bot takes, in the channel's chat.</summary>
public sealed class TelegramOperatorOptions
{
    /// <summary>Telegram's id of the person, which no other account can have. Range 1…9,007,199,254,740,991. Required; default 0, which is refused.</summary>
    [Range(1, 9_007_199_254_740_991)]
    public long UserId { get; set; }

    /// <summary>Name in the audit, at most 64 characters. Required; default empty, which is refused.</summary>
    [Required, StringLength(64)]
    public string Name { get; set; } = "";

    /// <summary>The person's role: <c>Viewer</c> reads, <c>Trader</c> and above also acknowledge and halt. Default <c>Viewer</c>.</summary>
    public AccessRole Role { get; set; } = AccessRole.Viewer;
}
