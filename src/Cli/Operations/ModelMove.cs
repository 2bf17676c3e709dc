using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Client.Api;
using BtcAgent.Domain.Models;

namespace BtcAgent.Cli.Operations;

/// <summary>Moves a model, and prints it.</summary>
internal static class ModelMove
{
    /// <exception cref="AgentException">The move was refused.</exception>
    public static async Task SendAsync(
        AgentClient agent, ModelEntry model, ModelStage to, string reason, OverrideRequest? verdictOverride, CommandOutput output, CancellationToken cancellationToken)
    {
        var view = await agent.SendAsync<ModelView>(
            HttpMethod.Post, $"models/{Query.Part(model.Id)}/stage", new StageRequest(to, reason, verdictOverride), cancellationToken);
        output.Answer(view, text =>
        {
            text.WriteLine($"{model.Id} of strategy {model.Strategy}: {Figures.Word(model.Stage)} → {Figures.Word(view.Model.Stage)}");
            ModelTable.Write(text, [view], output.Width);
        });
    }
}
