using System.Text.Json;
using BtcAgent.Cli.Output;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace BtcAgent.Cli.Assistants;

/// <summary>Makes tools out of calls to the agent.</summary>
internal static class AgentTool
{
    /// <summary>Longest answer in characters: more would fill a model's context. The message says how to ask for less.</summary>
    private const int AnswerLengthMax = 200_000;

    /// <param name="name">Name of the tool.</param>
    /// <param name="title">Its name for people.</param>
    /// <param name="description">Effect, units and limits, for the model.</param>
    /// <param name="reads">True when it changes nothing.</param>
    /// <param name="call">The call; its parameters are those of the tool.</param>
    public static McpServerTool Of(string name, string title, string description, bool reads, Delegate call) => McpServerTool.Create(
        call,
        new McpServerToolCreateOptions
        {
            Name = name,
            Title = title,
            Description = description,
            ReadOnly = reads,
            Destructive = false,
            OpenWorld = false,
        });

    /// <summary>The agent's answer as it is, or its refusal as an error that the model can correct.</summary>
    public static async Task<CallToolResult> AnswerAsync(Func<Task<JsonElement>> ask)
    {
        try
        {
            var text = (await ask()).GetRawText();
            return text.Length <= AnswerLengthMax
                ? Text(text, isError: false)
                : Text($"the answer has {text.Length} characters, above {AnswerLengthMax}: ask for fewer rows or a shorter time", isError: true);
        }
        catch (AgentException e)
        {
            return Text(e.Message, isError: true);
        }
    }

    private static CallToolResult Text(string text, bool isError) => new() { IsError = isError, Content = [new TextContentBlock { Text = text }] };
}
