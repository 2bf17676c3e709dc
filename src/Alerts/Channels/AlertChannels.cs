using BtcAgent.Alerts.Settings;

namespace BtcAgent.Alerts.Channels;

/// <summary>The channels of the settings.</summary>
public sealed class AlertChannels : IDisposable
{
    private const int SignatureSecretMin = 16;

    private readonly ChannelHttp _http = new();

    /// <param name="options">Validated options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="links">Addresses that acknowledge; null for none.</param>
    /// <exception cref="AlertSettingsException">A secret cannot be read.</exception>
    public AlertChannels(AlertOptions options, TimeProvider time, AlertLinks? links = null)
    {
        var text = new AlertText(options.AgentName, options.RunbookUrl, links);
        All =
        [
            .. options.Channels.OrderBy(channel => channel.Key, StringComparer.Ordinal)
                .Select(channel => Create(channel.Key, channel.Value, text, time)),
        ];
        foreach (var (name, channel) in options.Channels)
        {
            foreach (var (setting, path) in SecretsOf(channel).Where(secret => secret.Path.Length > 0))
            {
                var secret = new SecretFile($"{AlertOptions.Section}:Channels:{name}:{setting}", path).Read();
                if (channel.Webhook is not null && secret.Length < SignatureSecretMin)
                {
                    throw new AlertSettingsException(
                        $"{AlertOptions.Section}:Channels:{name}:{setting}: '{path}' has {secret.Length} characters "
                        + $"but needs {SignatureSecretMin}: create one with openssl rand -hex 32");
                }
            }
        }
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<IAlertChannel> All { get; }

    public void Dispose() => _http.Dispose();

    private IAlertChannel Create(string name, AlertChannelOptions channel, AlertText text, TimeProvider time) => channel switch
    {
        { Email: { } email } => new EmailChannel(name, email, text),
        { Slack: { } slack } => new SlackChannel(name, slack, text, _http),
        { Webhook: { } webhook } => new WebhookChannel(name, webhook, text, _http, time),
        { Telegram: { } telegram } => new TelegramChannel(name, telegram, text, _http),
        { Twilio: { } twilio } => new TwilioChannel(name, twilio, text, _http),
        { Sms: { } sms } => new SmsChannel(name, sms, text, _http),
        { PagerDuty: { } pagerDuty } => new PagerDutyChannel(name, pagerDuty, text, _http),
        _ => throw new AlertSettingsException($"{AlertOptions.Section}:Channels:{name} has no kind"),
    };

    private static IEnumerable<(string Setting, string Path)> SecretsOf(AlertChannelOptions channel) =>
    [
        ("Email:PasswordFile", channel.Email?.PasswordFile ?? ""),
        ("Slack:UrlFile", channel.Slack?.UrlFile ?? ""),
        ("Webhook:SecretFile", channel.Webhook?.SecretFile ?? ""),
        ("Telegram:TokenFile", channel.Telegram?.TokenFile ?? ""),
        ("Twilio:AuthTokenFile", channel.Twilio?.AuthTokenFile ?? ""),
        ("Sms:HeaderFile", channel.Sms?.HeaderFile ?? ""),
        ("PagerDuty:RoutingKeyFile", channel.PagerDuty?.RoutingKeyFile ?? ""),
    ];
}
