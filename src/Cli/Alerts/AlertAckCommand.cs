using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Cli.Alerts;

/// <summary>Acknowledges an alert.</summary>
internal sealed class AlertAckCommand : OperatorCommand
{
    private const int MinutesMax = 10_080;

    private readonly Argument<string> _alert = new("alert") { Description = "the alert's id in 'btcagent alerts list'" };

    private readonly Option<int?> _minutes = new("--minutes", "-m")
    {
        Description = $"how long, up to {MinutesMax}; until the alert is resolved if not given",
        HelpName = "N",
    };

    public AlertAckCommand()
        : base(
            "ack",
            "Acknowledges an alert: it is neither repeated nor escalated.",
            "btcagent alerts ack 0123456789abcdef --reason \"on it\" --minutes 60",
            prompt: null)
    {
        Arguments.Add(_alert);
        Options.Add(_minutes);
        _minutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > MinutesMax)
            {
                result.AddError($"--minutes must be 1 to {MinutesMax}");
            }
        });
    }

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var alert = await agent.SendAsync<Alert>(
            HttpMethod.Post,
            $"alerts/{Query.Part(arguments.GetValue(_alert)!)}/acknowledge",
            new AcknowledgeRequest(Reason, arguments.GetValue(_minutes)),
            cancellationToken);
        output.Answer(alert, text =>
        {
            AlertTable.Write(text, [alert], output.Width);
            text.WriteLine(alert.Acknowledged?.Until is { } until ? $"acknowledged until {Figures.Time(until)}" : "acknowledged until it is resolved");
        });
        return ExitCodes.Ok;
    }
}
