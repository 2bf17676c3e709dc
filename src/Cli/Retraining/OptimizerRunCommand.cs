using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Cli.Retraining;

/// <summary>Starts a training.</summary>
internal sealed class OptimizerRunCommand : OperatorCommand
{
    private readonly Argument<string> _strategy = new("strategy") { Description = "a strategy whose model is lightgbm" };

    private readonly Option<double?> _days = new("--days") { Description = "days of market time to train on; the agent's setting if not given", HelpName = "N" };

    private readonly Option<int?> _trials = new("--trials")
    {
        Description = "trials of a search for settings, whose winner is registered only if it passes; 0 trains the agent's recipe; the agent's setting if not given",
        HelpName = "N",
    };

    public OptimizerRunCommand()
        : base(
            "run",
            "Trains a strategy's model again, on the agent's machine, or searches its settings. The model is registered; it trades when an operator promotes it.",
            """
            btcagent optimizer run momentum --days 30 --reason "new fees"
              btcagent optimizer run momentum --days 365 --trials 40 --reason "fees have changed the horizon"
            """,
            prompt: null)
    {
        Arguments.Add(_strategy);
        Options.Add(_days);
        Options.Add(_trials);
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var job = await agent.SendAsync<TrainingJob>(
            HttpMethod.Post, "optimizer/run", new RunTrainingRequest(arguments.GetValue(_strategy), arguments.GetValue(_days), arguments.GetValue(_trials), Reason), cancellationToken);
        output.Answer(job, text => JobTable.Write(text, [job], output.Width));
        return ExitCodes.Ok;
    }
}
