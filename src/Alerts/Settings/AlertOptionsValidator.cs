using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace BtcAgent.Alerts.Settings;

/// <summary>
/// Checks the annotations of the options and of those below, and how they refer to each other. Secrets are read by the process that
/// sends, not here: a gateway does not have them.
/// </summary>
/// <param name="rules">Names of all rules.</param>
internal sealed partial class AlertOptionsValidator(IReadOnlyCollection<string> rules) : IValidateOptions<AlertOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertOptions options)
    {
        var failures = new List<string>();
        CheckAnnotations(AlertOptions.Section, options, failures);
        CheckAnnotations($"{AlertOptions.Section}:Rules", options.Rules, failures);
        CheckAnnotations($"{AlertOptions.Section}:Watchdog", options.Watchdog, failures);
        CheckUrl($"{AlertOptions.Section}:LinkBase", options.LinkBase, failures);
        foreach (var (channel, settings) in options.Channels)
        {
            CheckChannel($"{AlertOptions.Section}:Channels:{channel}", channel, settings, failures);
        }

        for (var i = 0; i < options.Escalation.Count; i++)
        {
            CheckStep($"{AlertOptions.Section}:Escalation:{i}", options, i, failures);
        }

        foreach (var rule in options.Noise.Keys.Except(rules))
        {
            failures.Add($"{AlertOptions.Section}:Noise:{rule}: there is no rule '{rule}'; there are {string.Join(", ", rules)}");
        }

        CheckQuietHours($"{AlertOptions.Section}:QuietHours", options.QuietHours, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckChannel(string path, string name, AlertChannelOptions channel, List<string> failures)
    {
        if (!ChannelName().IsMatch(name))
        {
            failures.Add($"{path}: '{name}' is not a name of a channel: use at most 32 lower-case letters, digits and dashes");
        }

        CheckAnnotations(path, channel, failures);
        object[] sections = [.. channel.Sections()];
        if (sections.Length != 1)
        {
            failures.Add($"{path} has {sections.Length} kinds: set exactly one of Email, Slack, Webhook, Telegram, Twilio, Sms, PagerDuty");
        }

        foreach (var section in sections)
        {
            CheckAnnotations($"{path}:{section.GetType().Name.Replace("Options", "", StringComparison.Ordinal)}", section, failures);
        }

        CheckEmail($"{path}:Email", channel.Email, failures);
        CheckOperators($"{path}:Telegram", channel.Telegram, failures);
        CheckUrl($"{path}:Webhook:Url", channel.Webhook?.Url, failures);
        CheckUrl($"{path}:Telegram:BaseUrl", channel.Telegram?.BaseUrl, failures);
        CheckUrl($"{path}:Twilio:BaseUrl", channel.Twilio?.BaseUrl, failures);
        CheckUrl(
            $"{path}:Sms:Url",
            channel.Sms?.Url.Replace("{to}", "0", StringComparison.Ordinal).Replace("{text}", "x", StringComparison.Ordinal),
            failures);
        CheckUrl($"{path}:PagerDuty:BaseUrl", channel.PagerDuty?.BaseUrl, failures);
    }

    private static void CheckOperators(string path, TelegramOptions? telegram, List<string> failures)
    {
        for (var i = 0; i < telegram?.Operators.Count; i++)
        {
            CheckAnnotations($"{path}:Operators:{i}", telegram.Operators[i], failures);
        }

        if (telegram?.Operators.Count > 0 && !long.TryParse(telegram.ChatId, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            failures.Add($"{path}:ChatId is '{telegram.ChatId}': commands need the number of a chat, which getUpdates of the Bot API shows");
        }
    }

    private static void CheckEmail(string path, EmailOptions? email, List<string> failures)
    {
        if (email is null)
        {
            return;
        }

        foreach (var address in email.To.Append(email.From).Where(address => !MailAddress.TryCreate(address, out _)))
        {
            failures.Add($"{path}: '{address}' is not an e-mail address");
        }

        if ((email.User.Length > 0) != (email.PasswordFile.Length > 0))
        {
            failures.Add($"{path} needs both User and PasswordFile, or neither");
        }

        if (email.User.Length > 0 && email.Tls == EmailTls.None && email.Host is not ("localhost" or "127.0.0.1" or "::1"))
        {
            failures.Add(
                $"{path}: Tls=none would send the password of '{email.User}' to {email.Host} in clear text: set StartTls or Implicit");
        }
    }

    private static void CheckUrl(string path, string? url, List<string> failures)
    {
        if (!string.IsNullOrEmpty(url)
            && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https", UserInfo: "" }))
        {
            failures.Add($"{path} must be https://host/… or http://host/…, without user or password");
        }
    }

    private static void CheckStep(string path, AlertOptions options, int index, List<string> failures)
    {
        var step = options.Escalation[index];
        CheckAnnotations(path, step, failures);
        foreach (var channel in step.Channels.Where(channel => !options.Channels.ContainsKey(channel)))
        {
            failures.Add(
                $"{path}:Channels has '{channel}', which is not one of {AlertOptions.Section}:Channels: {string.Join(", ", options.Channels.Keys)}");
        }

        if (index > 0 && step.AfterMinutes < options.Escalation[index - 1].AfterMinutes)
        {
            failures.Add($"{path}:AfterMinutes is {step.AfterMinutes}, less than the step before it: order the steps by time");
        }
    }

    private static void CheckQuietHours(string path, QuietHoursOptions quiet, List<string> failures)
    {
        foreach (var (name, text) in new[] { ("From", quiet.From), ("To", quiet.To) })
        {
            if (text.Length > 0 && !TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                failures.Add($"{path}:{name} is '{text}': write it as 22:00");
            }
        }

        if ((quiet.From.Length > 0) != (quiet.To.Length > 0) || (quiet.From.Length > 0 && quiet.From == quiet.To))
        {
            failures.Add($"{path} needs From and To, and different ones");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(quiet.TimeZone, out _))
        {
            failures.Add(
                $"{path}:TimeZone: this machine has no time zone '{quiet.TimeZone}': use a name such as Europe/Zurich, or install tzdata");
        }
    }

    private static void CheckAnnotations(string path, object options, List<string> failures)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        failures.AddRange(results.Select(result => $"{path}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage}"));
    }

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex ChannelName();
}
