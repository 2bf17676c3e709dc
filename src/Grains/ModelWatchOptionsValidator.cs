using BtcAgent.Contracts.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains;

/// <summary>Checks ranges, and that a warning comes before its alarm.</summary>
internal sealed class ModelWatchOptionsValidator : IValidateOptions<ModelWatchOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelWatchOptions options)
    {
        var failures = new List<string>();
        OptionsTree.Check(ModelWatchOptions.Section, options, failures);
        if (options.Drift.WarnPsi > options.Drift.AlarmPsi)
        {
            failures.Add(FormattableString.Invariant(
                $"{ModelWatchOptions.Section}:Drift:WarnPsi is {options.Drift.WarnPsi}, above AlarmPsi, {options.Drift.AlarmPsi}: lower it to that or less"));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
