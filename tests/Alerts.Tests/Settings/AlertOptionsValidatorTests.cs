using BtcAgent.Alerts.Rules;
using BtcAgent.Alerts.Settings;

namespace BtcAgent.Alerts.Tests.Settings;

public sealed class AlertOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Pass() => Assert.Empty(Problems(new AlertOptions()));

    [Fact]
    public void Validate_EveryKindOfChannel_Passes()
    {
        var options = new AlertOptions();
        options.Channels["mail"] = new AlertChannelOptions { Email = Email() };
        options.Channels["slack"] = new AlertChannelOptions { Slack = new SlackOptions { UrlFile = "/s" } };
        options.Channels["hook"] = new AlertChannelOptions { Webhook = new WebhookOptions { Url = "https://a.example/b", SecretFile = "/s" } };
        options.Channels["telegram"] = new AlertChannelOptions { Telegram = new TelegramOptions { TokenFile = "/s", ChatId = "-1" } };
        options.Channels["pager"] = new AlertChannelOptions { PagerDuty = new PagerDutyOptions { RoutingKeyFile = "/s" } };
        options.Channels["sms"] = new AlertChannelOptions { Sms = new SmsOptions { Url = "https://a.example/send?to={to}", To = { "+41" } } };
        options.Channels["twilio"] = new AlertChannelOptions { Twilio = new TwilioOptions { AccountSid = "AC", AuthTokenFile = "/s", From = "+1", To = { "+41" } } };
        options.Escalation.Add(new EscalationOptions { AfterMinutes = 5, Channels = { "sms", "pager" } });
        options.QuietHours = new QuietHoursOptions { From = "22:00", To = "07:00", TimeZone = "Europe/Zurich" };
        options.Noise["SinkLag"] = AlertNoise.Silent;
        Assert.Empty(Problems(options));
    }

    [Fact]
    public void Validate_BadSettings_NameSettingAndRemedy()
    {
        var options = new AlertOptions { GroupIntervalSeconds = 0 };
        options.Channels["Bad Name"] = new AlertChannelOptions();
        options.Channels["two"] = new AlertChannelOptions { Email = Email(), Slack = new SlackOptions { UrlFile = "/s" } };
        options.Channels["clear"] = new AlertChannelOptions
        {
            Email = new EmailOptions { Host = "smtp.example.org", From = "nobody", To = { "a@example.org" }, User = "u", PasswordFile = "/p", Tls = EmailTls.None },
        };
        options.Channels["hook"] = new AlertChannelOptions { Webhook = new WebhookOptions { Url = "ftp://a.example", SecretFile = "" } };
        options.Escalation.Add(new EscalationOptions { AfterMinutes = 10, Channels = { "two" } });
        options.Escalation.Add(new EscalationOptions { AfterMinutes = 5, Channels = { "nobody" } });
        options.QuietHours = new QuietHoursOptions { From = "25:00", TimeZone = "Mars/Olympus" };
        options.Noise["NoSuchRule"] = AlertNoise.Off;
        options.Rules.SinkLagSeconds = 0;
        var problems = string.Join('\n', Problems(options));
        string[] expected =
        [
            "Alerts:GroupIntervalSeconds", "'Bad Name' is not a name of a channel", "Alerts:Channels:two has 2 kinds", "Alerts:Channels:Bad Name has 0 kinds",
            "'nobody' is not an e-mail address", "would send the password of 'u' to smtp.example.org in clear text", "Alerts:Channels:hook:Webhook:Url must be https://",
            "Alerts:Channels:hook:Webhook:SecretFile", "less than the step before it", "'nobody', which is not one of", "'25:00': write it as 22:00",
            "needs From and To", "no time zone 'Mars/Olympus'", "there is no rule 'NoSuchRule'", "Alerts:Rules:SinkLagSeconds",
        ];
        Assert.All(expected, text => Assert.Contains(text, problems, StringComparison.Ordinal));
    }

    private static EmailOptions Email() => new() { Host = "smtp.example.org", From = "agent@example.org", To = { "ops@example.org" } };

    private static IEnumerable<string> Problems(AlertOptions options) => new AlertOptionsValidator(AlertRules.Names).Validate(null, options).Failures ?? [];
}
