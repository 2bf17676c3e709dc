using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Contracts.Alerts;

namespace BtcAgent.Cli.Alerts;

/// <summary>Sends a test message through every channel.</summary>
internal sealed class AlertTestCommand() : AgentCommand(
    "test", "Sends a test message through every channel of the agent; fails when one does not accept it.", "btcagent alerts test")
{
    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var channels = await agent.SendAsync<IReadOnlyList<ChannelTest>>(HttpMethod.Post, "alerts/test", body: null, cancellationToken);
        output.Answer(new TestedChannels(channels), text =>
        {
            foreach (var channel in channels)
            {
                text.WriteLine(SafeText.Of($"{channel.Channel}: {channel.Problem ?? (channel.IsDone ? "accepted" : "has not answered yet: see 'btcagent alerts list --all'")}"));
            }

            if (channels.Count == 0)
            {
                text.WriteLine("the agent has no channels: set Alerts:Channels, see docs/alerts.md");
            }
        });
        return channels.Count > 0 && channels.All(channel => channel is { IsDone: true, Problem: null }) ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
