using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Cli.Retraining;

/// <summary>Ends a training.</summary>
internal sealed class OptimizerCancelCommand : OperatorCommand
{
    private readonly Argument<string> _job = new("job") { Description = "the job's id in 'btcagent optimizer status'" };

    public OptimizerCancelCommand()
        : base("cancel", "Ends a training job; it is not tried again.", "btcagent optimizer cancel train-7 --reason \"wrong window\"", prompt: null) =>
        Arguments.Add(_job);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var job = await agent.SendAsync<TrainingJob>(
            HttpMethod.Post, $"optimizer/jobs/{Query.Part(arguments.GetValue(_job)!)}/cancel", new CancelTrainingRequest(Reason), cancellationToken);
        output.Answer(job, text => JobTable.Write(text, [job], output.Width));
        return ExitCodes.Ok;
    }
}
