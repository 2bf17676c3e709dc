using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>A chat of Telegram.</summary>
public sealed class TelegramOptions
{
    /// <summary>File with the bot's token. Required.</summary>
    [Required]
    public string TokenFile { get; set; } = "";

    /// <summary>Id of the chat, or <c>@name</c> of a channel. Required.</summary>
    [Required]
    public string ChatId { get; set; } = "";

    /// <summary>Server of the Bot API. Default <c>https://api.telegram.org</c>.</summary>
    [Required]
    public string BaseUrl { get; set; } = "https://api.telegram.org";

    /// <summary>People whose commands the bot takes in this chat. Default none: it only sends.</summary>
    public List<TelegramOperatorOptions> Operators { get; } = [];
}
