using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;

namespace BtcAgent.Cli.Operations;

/// <summary>Explains one decision in words.</summary>
internal sealed class ExplainCommand : AgentCommand
{
    private readonly Argument<string> _decision = new("decision") { Description = "id of the decision, from 'btcagent decisions'" };
    private readonly Option<bool> _full = new("--full") { Description = "every check, contribution and feature" };

    public ExplainCommand()
        : base("explain", "Explains a decision: what it saw, the score, the checks, the order.", "btcagent explain 0123456789abcdef")
    {
        Arguments.Add(_decision);
        Options.Add(_full);
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var view = await agent.GetAsync<DecisionView>($"decisions/{Query.Part(arguments.GetValue(_decision)!)}", cancellationToken);
        output.Answer(view, text =>
        {
            foreach (var line in new DecisionWords(view, arguments.GetValue(_full)).Lines())
            {
                text.WriteLine(SafeText.Of(line));
            }
        });
        return ExitCodes.Ok;
    }
}
