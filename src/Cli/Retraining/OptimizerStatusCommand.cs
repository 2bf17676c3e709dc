using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Contracts.Retraining;

namespace BtcAgent.Cli.Retraining;

/// <summary>Lists training jobs, and when each strategy is trained again.</summary>
internal sealed class OptimizerStatusCommand : AgentCommand
{
    private const int JobsShown = 10;

    private readonly Option<bool> _all = new("--all", "-a") { Description = $"every job that is kept, not the newest {JobsShown}" };

    public OptimizerStatusCommand()
        : base("status", "Lists training jobs, and when each strategy is trained again.", "btcagent optimizer status --all") => Options.Add(_all);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var status = await agent.GetAsync<OptimizerStatus>("optimizer", cancellationToken);
        var shown = arguments.GetValue(_all) ? status.Jobs.Length : JobsShown;
        output.Answer(status, text =>
        {
            if (!status.IsEnabled)
            {
                text.WriteLine("no trainer runs: Retraining:Enabled is false, and jobs wait");
            }

            foreach (var strategy in status.Strategies)
            {
                text.WriteLine(SafeText.Of(Describe(strategy)));
            }

            if (status.Jobs.Length == 0)
            {
                text.WriteLine("no training jobs yet; 'btcagent optimizer run' starts one");
                return;
            }

            JobTable.Write(text, [.. status.Jobs.Take(shown)], output.Width);
        });
        return ExitCodes.Ok;
    }

    private static string Describe(StrategyRetraining strategy)
    {
        List<string> parts = [strategy.ModelAgeHours is { } age ? $"newest model {Figures.Number(age, "0.0")} h old" : "no model"];
        if (strategy.NextByMarket is { } market)
        {
            parts.Add($"next at market time {Figures.Time(market)}");
        }

        if (strategy.NextByCron is { } cron)
        {
            parts.Add($"next at {Figures.Time(cron)}");
        }

        if (strategy.NextByMarket is null && strategy.NextByCron is null)
        {
            parts.Add("no schedule");
        }

        parts.AddRange(strategy.Cooling.Select(cooling => $"{Figures.Word(cooling.Trigger)} cools down until {Figures.Time(cooling.Until)}"));
        return $"{strategy.Strategy}: {string.Join(", ", parts)}";
    }
}
