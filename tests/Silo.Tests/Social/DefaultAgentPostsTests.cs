using System.Diagnostics;
using BtcAgent.Contracts.Social;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Silo.Tests.Roles;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Silo.Tests.Social;

public sealed class DefaultAgentPostsTests
{
    [Fact]
    public async Task DefaultAgent_WithinAMinute_PublishesTalliesOfPosts()
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-posts-");
        var began = Stopwatch.GetTimestamp();
        await using (var agent = await RunningAgent.StartAsync(folder.FullName))
        {
            var grains = agent.Services.GetRequiredService<IGrainFactory>();
            var board = grains.GetGrain<ISocialBoardGrain>(ISentimentGrain.Bitcoin);
            while ((await board.GetPosts(10)).Length < 10 && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }

            var posts = await board.GetPosts(10);
            var tallies = (await grains.GetGrain<ISentimentGrain>(ISentimentGrain.Bitcoin).GetTallies(1)).Tallies;
            Assert.Equal(10, posts.Length);
            Assert.True(tallies.Sum(tally => tally.Posts) >= 10);
            Assert.True(Assert.Single((await board.GetStatus()).Sources).IsAlive);
            Assert.True(agent.Services.GetRequiredService<SimulatedX>().Meter.Reads >= 10);
        }

        folder.Delete(recursive: true);
    }
}
