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

        if (options.Search.Minutes >= options.MinutesMax)
        {
            failures.Add(FormattableString.Invariant(
                $"{RetrainingOptions.Section}:Search:Minutes is {options.Search.Minutes}, and a trainer is ended after {options.MinutesMax} min: set it below Retraining:MinutesMax, so that the trials in flight can finish and the winner can be trained"));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
