using System.Text.Json;
using BtcAgent.Cli.Tests.Agents;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace BtcAgent.Cli.Tests.Operations;

/// <summary>A language model's client starts <c>btcagent mcp</c> on a running agent, with a key that may only read and propose.</summary>
[Collection(OperatedAgentCollection.Name)]
public sealed class McpTests(AgentFixture agent) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-mcp-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_folder.FullName, "assistant.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Mcp_ReadsAndProposes_AndAPersonDecides()
    {
        agent.Run("keys", "create", "assistant", "--role", "trader", "--verb", "propose", "--out", KeyFile, "--reason", "a language model").Expect(0);
        await using var client = await StartAsync();

        var tools = await client.ListToolsAsync(cancellationToken: Cancelled);
        Assert.All(tools, tool => Assert.Equal(!tool.Name.StartsWith("propose_", StringComparison.Ordinal), tool.ProtocolTool.Annotations?.ReadOnlyHint));
        var status = await JsonAsync(client, "get_status");
        Assert.Equal("Simulator", status.GetProperty("venue").GetString());
        var decision = (await JsonAsync(client, "list_decisions", ("limit", 1)))[0].GetProperty("id").GetString()!;
        Assert.True((await JsonAsync(client, "explain_decision", ("decision", decision))).GetProperty("features").GetArrayLength() > 40);
        var limits = (await JsonAsync(client, "get_limits", ("portfolio", "second"))).GetProperty("values");
        var limit = limits.EnumerateObject().First(one => one.Value.GetDecimal() > 2);

        var held = await JsonAsync(
            client, "propose_limit", ("portfolio", "second"), ("limit", limit.Name), ("value", limit.Value.GetDecimal() - 1), ("reason", "less for a test"));

        Assert.Equal("pending", held.GetProperty("state").GetString());
        Assert.Equal(limit.Value.GetDecimal(), (await JsonAsync(client, "get_limits", ("portfolio", "second"))).GetProperty("values").GetProperty(limit.Name).GetDecimal());
        var id = held.GetProperty("id").GetString()!;
        agent.Run("confirm", "accept", id, "--reason", "agreed").Expect(0);
        Assert.Equal(
            limit.Value.GetDecimal() - 1, (await JsonAsync(client, "get_limits", ("portfolio", "second"))).GetProperty("values").GetProperty(limit.Name).GetDecimal());
    }

    [Fact]
    public async Task Mcp_WrongOrForbiddenCalls_AreErrorsThatSayWhatToDo()
    {
        agent.Run("keys", "create", "assistant-2", "--role", "trader", "--verb", "propose", "--out", KeyFile, "--reason", "a language model").Expect(0);
        await using var client = await StartAsync();

        Assert.Contains("is not in the journal", await ErrorAsync(client, "explain_decision", ("decision", "../../keys")), StringComparison.Ordinal);
        Assert.Contains("reason needs 3…200 characters", await ErrorAsync(client, "propose_arm", ("reason", "x")), StringComparison.Ordinal);
        Assert.Contains("needs the role risk-manager", await ErrorAsync(client, "list_confirmations"), StringComparison.Ordinal);
        Assert.Contains("is not a limit", await ErrorAsync(client, "propose_limit", ("portfolio", "second"), ("limit", "nonsense"), ("value", 1), ("reason", "a test")), StringComparison.Ordinal);
        var direct = CommandRun.Of("halt", "--reason", "the key tries", "--yes", "--url", $"{agent.Url}", "--key-file", KeyFile).Expect(4).Error;
        Assert.Contains("halt", direct, StringComparison.Ordinal);
        CommandRun.Of("confirm", "accept", "none", "--reason", "the key tries", "--url", $"{agent.Url}", "--key-file", KeyFile).Expect(4);
    }

    private Task<McpClient> StartAsync() => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "btcagent.dll"), "mcp", "--url", $"{agent.Url}", "--key-file", KeyFile],
        }),
        cancellationToken: Cancelled);

    private static async Task<JsonElement> JsonAsync(McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var (isError, text) = await CallAsync(client, tool, arguments);
        Assert.False(isError, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string> ErrorAsync(McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var (isError, text) = await CallAsync(client, tool, arguments);
        Assert.True(isError, text);
        return text;
    }

    private static async Task<(bool IsError, string Text)> CallAsync(McpClient client, string tool, (string Name, object Value)[] arguments)
    {
        var answer = await client.CallToolAsync(
            tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value), cancellationToken: Cancelled);
        return (answer.IsError == true, Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text);
    }
}
