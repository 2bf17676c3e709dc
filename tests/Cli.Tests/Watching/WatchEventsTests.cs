using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Tests.Agents;
using BtcAgent.Cli.Tests.Operations;
using BtcAgent.Cli.Watching;
using BtcAgent.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Cli.Tests.Watching;

/// <summary>The events that <c>watch</c> follows, of a running agent and of one that has none.</summary>
[Collection(OperatedAgentCollection.Name)]
public sealed class WatchEventsTests(AgentFixture running)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_RunningAgent_HasQuotesAndChanges()
    {
        using var agent = Open(running.Url, running.KeyFile);
        var update = await new WatchSource(agent, null, 1, TimeProvider.System).ReadAsync(Cancelled);
        await using var events = new WatchEvents(agent, null, TimeProvider.System);
        await EventuallyAsync("the stream", () => events.Problem is null);
        Assert.True(events.TakeChange());

        await EventuallyAsync("a quote", () => events.TakeQuotes());
        await EventuallyAsync("a change", () => events.TakeChange());

        var now = TimeProvider.System.GetUtcNow();
        var shown = events.Apply(update with { Instruments = [update.Instruments[0] with { Bid = 1, AgeMs = -1 }] }, now).Instruments[0];
        Assert.True(shown.Bid > 1 && shown.Ask > shown.Bid && shown.AgeMs >= 0 && shown.SpreadBps > 0, $"{shown}");
        Assert.Equal(1, events.Apply(update with { At = now, Instruments = [update.Instruments[0] with { Bid = 1 }] }, now).Instruments[0].Bid);
    }

    [Fact]
    public async Task Follow_StreamEndsOrFails_ConnectsAgain()
    {
        var answers = 0;
        await using var agent = await AgentDouble.StartAsync(async context =>
        {
            switch (Interlocked.Increment(ref answers))
            {
                case 1:
                    await AgentDouble.Answer(404, """{"detail":"this process has no live events"}""")(context);
                    break;
                case 2:
                    await AgentDouble.Answer(200, "event: quotes\ndata: {\"bid\":1}\n\n", "text/event-stream")(context);
                    break;
                case 3:
                    context.Response.ContentType = "text/event-stream";
                    await context.Response.WriteAsync("event: orders\ndata: {}\n\n", Cancelled);
                    await context.Response.Body.FlushAsync(Cancelled);
                    context.Abort();
                    break;
                default:
                    context.Response.ContentType = "text/event-stream";
                    await context.Response.Body.FlushAsync(Cancelled);
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                    break;
            }
        });
        using var client = Open(agent.Url, agent.KeyFile);
        var problems = new List<string?>();
        var time = new FakeTimeProvider();
        await using var events = new WatchEvents(client, "main", time);

        await EventuallyAsync("the fourth stream", () =>
        {
            problems.Add(events.Problem);
            time.Advance(TimeSpan.FromMilliseconds(250));
            return answers >= 4 && events.Problem is null;
        });

        Assert.Contains(problems, problem => problem?.Contains("no live events", StringComparison.Ordinal) == true);
        Assert.Contains(problems, problem => problem?.Contains("different versions", StringComparison.Ordinal) == true);
        Assert.All(agent.Requests, request => Assert.EndsWith("&portfolio=main", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Follow_KeyWithoutTheTopicOfAll_LeavesItOut()
    {
        await using var agent = await AgentDouble.StartAsync(async context =>
        {
            if (context.Request.Query["topics"].ToString().Contains("risk", StringComparison.Ordinal))
            {
                await AgentDouble.Answer(403, """{"detail":"Events of risk are of every portfolio"}""")(context);
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync(Cancelled);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = Open(agent.Url, agent.KeyFile);
        await using var events = new WatchEvents(client, null, TimeProvider.System);

        await EventuallyAsync("the stream", () => events.Problem is null);

        Assert.Equal(2, agent.Requests.Count);
    }

    [Fact]
    public async Task Follow_KeyRefused_IsNotTriedOn()
    {
        await using var agent = await AgentDouble.StartAsync(AgentDouble.Answer(401, "{}"));
        using var client = Open(agent.Url, agent.KeyFile);
        await using (var events = new WatchEvents(client, null, TimeProvider.System))
        {
            await EventuallyAsync("both attempts", () => agent.Requests.Count == 2 && events.Problem?.Contains("refused the key", StringComparison.Ordinal) == true);
        }

        Assert.Equal(2, agent.Requests.Count);
    }

    private static AgentClient Open(Uri url, string keyFile) => AgentClient.Open(AgentAddress.Of(new AgentProfile(url, keyFile), TimeSpan.FromSeconds(30)));

    private static Task EventuallyAsync(string what, Func<bool> condition) => Eventually.TrueAsync(what, () => Task.FromResult(condition()), Soon);
}
