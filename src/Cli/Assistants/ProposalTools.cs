using System.ComponentModel;
using System.Text.Json;
using BtcAgent.Cli.Agents;
using BtcAgent.Client.Access;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Models;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace BtcAgent.Cli.Assistants;

/// <summary>Tools that propose a command; a person other than the key's holder confirms or refuses it.</summary>
internal sealed class ProposalTools(AgentClient agent)
{
    private const string Nothing = " Nothing is done until a person confirms it.";

    public IEnumerable<McpServerTool> All() =>
    [
        Propose("propose_resume", "Propose to resume", "Propose to trade again after a halt.",
            ([Description("why, 3…200 characters")] string reason, [Description("one portfolio; none for all")] string? portfolio = null, CancellationToken token = default) =>
                SendAsync(new Proposal(CommandVerbs.Resume, Portfolio: portfolio, Reason: reason), token)),
        Propose("propose_arm", "Propose to arm", "Propose to allow orders to a real venue.",
            ([Description("why, 3…200 characters")] string reason, CancellationToken token = default) =>
                SendAsync(new Proposal(CommandVerbs.Arm, Reason: reason), token)),
        Propose("propose_limit", "Propose a limit", "Propose a new value of a risk limit; get_limits lists names and values.",
            (
                [Description("id of the portfolio")] string portfolio, [Description("name of the limit")] string limit, [Description("new value, in the limit's unit")] decimal value,
                [Description("why, 3…200 characters")] string reason, CancellationToken token = default) =>
                SendAsync(new Proposal(CommandVerbs.ChangeLimit, Portfolio: portfolio, Limit: limit, Value: value, Reason: reason), token)),
        Propose("propose_model_stage", "Propose a model's stage", "Propose to move a model to another stage, such as champion.",
            (
                [Description("id of the model")] string model, [Description("new stage")] ModelStage stage,
                [Description("why, 3…200 characters")] string reason, CancellationToken token = default) =>
                SendAsync(new Proposal(CommandVerbs.MoveModel, Model: model, Stage: stage, Reason: reason), token)),
    ];

    private static McpServerTool Propose(string name, string title, string description, Delegate call) =>
        AgentTool.Of(name, title, description + Nothing, reads: false, call);

    private Task<CallToolResult> SendAsync(Proposal proposal, CancellationToken token = default) => AgentTool.AnswerAsync(() => agent.ProposeAsync<JsonElement>(proposal, token));
}
