using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Retraining;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains;

/// <summary>Checks ranges and the cron text.</summary>
internal sealed class RetrainingOptionsValidator : IValidateOptions<RetrainingOptions>
{
    public ValidateOptionsResult Validate(string? name, RetrainingOptions options)
    {
        var failures = new List<string>();
        OptionsTree.Check(RetrainingOptions.Section, options, failures);
        if (options.Cron.Length > 0 && !CronSchedule.TryParse(options.Cron, out _, out var problem))
        {
            failures.Add($"{RetrainingOptions.Section}:Cron: {problem}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
