using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Settings;

/// <summary>One channel: exactly one of its sections must be set.</summary>
public sealed class AlertChannelOptions
{
    /// <summary>Lowest severity that it carries: <c>info</c>, <c>warning</c> or <c>critical</c>. Default <c>warning</c>.</summary>
    public AlertSeverity MinSeverity { get; set; } = AlertSeverity.Warning;

    /// <summary>True for a channel that only steps of the escalation use. Default false.</summary>
    public bool OnlyEscalation { get; set; }

    /// <summary>Whether it also carries the end of an alert. Default true.</summary>
    public bool SendResolved { get; set; } = true;

    /// <summary>Seconds after which an unanswered attempt fails. Range 1…120, default 10.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>E-mail. Default null.</summary>
    public EmailOptions? Email { get; set; }

    /// <summary>An incoming webhook of Slack. Default null.</summary>
    public SlackOptions? Slack { get; set; }

    /// <summary>Signed JSON to any receiver. Default null.</summary>
    public WebhookOptions? Webhook { get; set; }

    /// <summary>A chat of Telegram. Default null.</summary>
    public TelegramOptions? Telegram { get; set; }

    /// <summary>SMS by the API of Twilio. Default null.</summary>
    public TwilioOptions? Twilio { get; set; }

    /// <summary>SMS by any provider with an HTTP API. Default null.</summary>
    public SmsOptions? Sms { get; set; }

    /// <summary>Events API v2 of PagerDuty, which others offer too. Default null.</summary>
    public PagerDutyOptions? PagerDuty { get; set; }

    /// <summary>The sections that are set.</summary>
    internal IEnumerable<object> Sections() => new object?[] { Email, Slack, Webhook, Telegram, Twilio, Sms, PagerDuty }.OfType<object>();
}
