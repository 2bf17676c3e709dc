using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Experiments;

/// <summary>Refuses combinations that no experiment could run with.</summary>
internal sealed class ExperimentOptionsValidator : IValidateOptions<ExperimentOptions>
{
    public ValidateOptionsResult Validate(string? name, ExperimentOptions options) => options.ToPlan().Problem() is { } problem
        ? ValidateOptionsResult.Fail($"{ExperimentOptions.Section}:{problem}")
        : ValidateOptionsResult.Success;
}
