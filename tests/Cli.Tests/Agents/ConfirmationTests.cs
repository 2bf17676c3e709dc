using System.CommandLine;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;

namespace BtcAgent.Cli.Tests.Agents;

/// <summary>The questions that a dangerous command asks on a terminal.</summary>
public sealed class ConfirmationTests
{
    private const string Trading = """{"isArmed":true,"breakers":{"main":{"mode":"halted","reason":"FLATTEN","since":"2026-11-29T00:00:00.000000000Z"}},"pending":null,"tripped":{}}""";

    [Theory]
    [InlineData("leaving the market\nflatten\n", 0, 1)]
    [InlineData("leaving the market\nFlatten\n", 0, 1)]
    [InlineData("leaving the market\nyes\n", 1, 0)]
    [InlineData("leaving the market\n", 1, 0)]
    [InlineData("no\n", 2, 0)]
    [InlineData("", 2, 0)]
    public async Task Flatten_OnATerminal_AsksForReasonAndWord(string answers, int code, int sent)
    {
        await using var agent = await AgentDouble.StartAsync(AgentDouble.Answer(200, Trading));

        var (exit, asked) = Run(agent, answers);

        Assert.Equal(code, exit);
        Assert.Equal(sent, agent.Requests.Count);
        Assert.StartsWith("Reason: ", asked, StringComparison.Ordinal);
        if (code != 2)
        {
            Assert.Contains("closes every position at market.\nType 'flatten' to continue: ", asked, StringComparison.Ordinal);
        }

        if (sent == 1)
        {
            Assert.Equal("""{"reason":"leaving the market","portfolio":null}""", agent.Requests.Single().Body);
        }
    }

    [Fact]
    public async Task Flatten_ReasonAndYesGiven_AsksNothing()
    {
        await using var agent = await AgentDouble.StartAsync(AgentDouble.Answer(200, Trading));

        Assert.Equal((0, ""), Run(agent, "", "--reason", "drill", "--yes"));
        Assert.Single(agent.Requests);
    }

    private static (int Code, string Asked) Run(AgentDouble agent, string answers, params string[] more)
    {
        var asked = new StringWriter();
        var command = new RootCommand { ControlCommand.Flatten(_ => new OperatorPrompt(new StringReader(answers), asked, isTerminal: true)) };
        var configuration = new InvocationConfiguration { Output = TextWriter.Null, Error = TextWriter.Null };
        return (command.Parse(["flatten", "--url", $"{agent.Url}", "--key-file", agent.KeyFile, .. more]).Invoke(configuration), asked.ToString());
    }
}
