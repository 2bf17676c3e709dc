using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains;

/// <summary>Checks ranges, and what annotations cannot express: that names refer to each other and models can be created.</summary>
/// <param name="strategies">The strategies that settings can name.</param>
public sealed class AgentOptionsValidator(StrategyCatalog strategies) : IValidateOptions<AgentOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        var failures = new List<string>();
        OptionsTree.Check(AgentOptions.Section, options, failures);
        foreach (var instrument in options.Instruments.Where(i => !InstrumentId.TryParse(i, out _)))
        {
            failures.Add($"Agent:Instruments: '{instrument}' is not VENUE:SYMBOL in capitals, such as BINANCE:BTCUSDT");
        }

        if (options.Features.SampleIntervalMs % 100 != 0)
        {
            failures.Add($"Agent:Features:SampleIntervalMs: {options.Features.SampleIntervalMs} is not a multiple of 100");
        }

        failures.AddRange(
            from portfolio in options.Portfolios
            from entry in portfolio.Allocation
            where !AllocatedPart.TryParse(entry.Value, out _)
            select $"Agent:Portfolios '{portfolio.Id}': Allocation:{entry.Key} is '{entry.Value}': set 'all', a share such as '25%', or an amount such as '20000'");

        foreach (var twice in options.Strategies.GroupBy(s => (s.Instrument, s.Name)).Where(group => group.Count() > 1))
        {
            failures.Add($"Agent:Strategies: '{twice.Key.Name}' on {twice.Key.Instrument} is listed twice: each needs its own name");
        }

        foreach (var strategy in options.Strategies)
        {
            Check(options, strategy, failures);
        }

        failures.AddRange(CanaryPortfolioRules.Failures(options));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void Check(AgentOptions options, StrategyOptions strategy, List<string> failures)
    {
        var path = $"Agent:Strategies '{strategy.Name}'";
        if (!options.Instruments.Contains(strategy.Instrument))
        {
            failures.Add($"{path}: instrument '{strategy.Instrument}' is not in Agent:Instruments ({string.Join(", ", options.Instruments)})");
        }

        if (options.Portfolios.All(p => p.Id != strategy.Portfolio))
        {
            failures.Add($"{path}: portfolio '{strategy.Portfolio}' is not in Agent:Portfolios ({string.Join(", ", options.Portfolios.Select(p => p.Id))})");
        }

        var isTrained = strategy.Model == SignalModels.Trained;
        if (!isTrained && strategy.ModelFile.Length > 0)
        {
            failures.Add($"{path}: ModelFile requires Model {SignalModels.Trained}, not the rule {strategy.Model}: remove it");
        }

        if (isTrained && strategy.Fallback.Length == 0)
        {
            if (strategy.Parameters.Count > 0)
            {
                failures.Add($"{path}: {SignalModels.Trained} takes no parameters, its champion's artefact contains them: remove {string.Join(", ", strategy.Parameters.Keys)}");
            }

            return;
        }

        try
        {
            strategies.Create(isTrained ? strategy.Fallback : strategy.Model, strategy.Parameters, FeatureSchema.Create(options.Features));
        }
        catch (ArgumentException e)
        {
            failures.Add($"{path}: {e.Message}");
        }
    }
}
