using System.Text.Json.Nodes;
using BtcAgent.Client.Grpc;
using BtcAgent.Client.Grpc.V1;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Rpc;

/// <summary>Follows a running agent over gRPC while its connections break and it restarts.</summary>
public sealed class RpcEventsOfAnAgentTests : IDisposable
{
    private static readonly string[] Topics = ["decisions", "orders", "fills", "equity"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-rpc-events-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Subscribe_BrokenConnectionsAndARestart_HasTheRowsOfTheHistoryOnceEach()
    {
        var agent = await StartAsync();
        try
        {
            using var connections = new BreakableConnections(agent.GrpcAddress);
            using var client = new OperatorClient(new OperatorClientOptions { Address = agent.GrpcAddress, Key = agent.Key, Handler = connections.Handler });
            var received = new List<LiveEvent>();
            int? restartAt = null;
            await foreach (var message in client.SubscribeAsync(new SubscribeRequest { Topics = { Topics, "quotes" } }, Cancelled))
            {
                Assert.Null(message.Gap);
                if (message.Event is null)
                {
                    continue;
                }

                received.Add(message.Event);
                if (received.Count % 30 == 0)
                {
                    connections.Break();
                }

                if (restartAt is null && message.Event.Topic == "fills")
                {
                    restartAt = received.Count;
                    await agent.DisposeAsync();
                    agent = await StartAsync();
                    connections.Target = agent.GrpcAddress;
                }

                if (restartAt is { } before && Topics.Append("quotes").All(topic => received.Skip(before).Any(one => one.Topic == topic)))
                {
                    break;
                }
            }

            await CheckAsync(agent, received);
        }
        finally
        {
            await agent.DisposeAsync();
        }
    }

    private static async Task CheckAsync(RunningAgent agent, List<LiveEvent> received)
    {
        foreach (var topic in Topics)
        {
            var shown = received.Where(one => one.Topic == topic).Select(one => JsonNode.Parse(one.Row.ToStringUtf8())).ToList();
            await Eventually.TrueAsync(
                $"the history has the {topic} that were sent, in their order and nothing between them",
                async () =>
                {
                    var kept = await RowsAsync(agent, topic);
                    var first = kept.FindIndex(row => JsonNode.DeepEquals(row, shown[0]));
                    return first >= 0 && kept.Count >= first + shown.Count && shown.Zip(kept.Skip(first)).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));
                },
                TimeSpan.FromSeconds(60),
                () => string.Join('\n', shown));
        }
    }

    private static async Task<List<JsonNode?>> RowsAsync(RunningAgent agent, string topic)
    {
        var rows = new List<JsonNode?>();
        for (var path = $"/api/v1/history/{topic}?limit=1000&oldestFirst=true"; path is not null;)
        {
            var page = JsonNode.Parse((await agent.GetAsync(path)).GetRawText())!;
            rows.AddRange(page["items"]!.AsArray());
            path = page["next"]?.GetValue<string>() is { } next ? $"/api/v1/history/{topic}?limit=1000&oldestFirst=true&cursor={next}" : null;
        }

        return rows;
    }

    private Task<RunningAgent> StartAsync() => RunningAgent.StartAsync(
        _folder.FullName, [.. RunningAgent.Restless, new("Gateway:GrpcPort", "0"), new("History:Parquet:FlushSeconds", "1")]);
}
