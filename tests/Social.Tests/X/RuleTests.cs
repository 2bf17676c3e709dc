using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.X;

namespace BtcAgent.Social.Tests.X;

/// <summary>Our rules at X follow ours here; rules of other programs are left alone.</summary>
public sealed class RuleTests
{
    private const string Foreign = "cats lang:en";

    [Fact]
    public async Task Start_AddsMissing_DeletesStale_LeavesOthersAlone()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Rules.Add(Foreign, "somebody:cats");
        world.X.Rules.Add("dogs", "");
        world.X.Rules.Add("old query", "btcagent:bitcoin");
        world.X.Rules.Add("other query", "btcagent:gone");
        await world.RunUntilStreamingAsync();
        Assert.Equal(
            [("somebody:cats", Foreign), ("", "dogs"), ("btcagent:bitcoin", world.Options.RulesOrDefault["bitcoin"])],
            world.X.Rules.All.Select(rule => (rule.Tag, rule.Value)));
    }

    [Fact]
    public async Task Start_SameQueryUnderAnotherTagOfOurs_IsReplaced()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Rules.Add(world.Options.RulesOrDefault["bitcoin"], "btcagent:renamed");
        await world.RunUntilStreamingAsync();
        Assert.Equal(["btcagent:bitcoin"], world.X.Rules.All.Select(rule => rule.Tag));
    }

    [Fact]
    public async Task Start_SameQueryOfAnotherProgram_IsUsedAndLeft()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Rules.Add(world.Options.RulesOrDefault["bitcoin"], "somebody:bitcoin");
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post());
        await world.AcceptedAsync(1);
        Assert.Equal(["somebody:bitcoin"], world.X.Rules.All.Select(rule => rule.Tag));
    }

    [Fact]
    public async Task RuleDrift_DeletedBySomebody_IsAddedAgainWithin5Minutes()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Rules.Delete(world.X.Rules.All.Single().Id);
        world.X.Rules.Add("stale", "btcagent:stale");
        await world.PassAliveAsync(TimeSpan.FromMinutes(5));
        await world.UntilAsync(() => world.X.Rules.All is [{ Tag: "btcagent:bitcoin" }]);
        await world.UntilAsync(() => world.Source.Counters.RuleChanges == 3);
        world.X.Publish(world.Post());
        await world.AcceptedAsync(1);
        Assert.Single(world.X.Streams.RequestedAt);
    }

    [Fact]
    public async Task RuleAddedAgain_BeforeTheRulesAreReadAgain_ItsPostsAreOurs()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Rules.Delete(world.X.Rules.All.Single().Id);
        var requests = 0;
        world.X.Faults.OnRequest = endpoint =>
        {
            if (endpoint == XEndpoint.Rules && ++requests == 3)
            {
                world.X.Faults.Refuse(XEndpoint.Rules, new XRefusal(503)); // The rules are read, added, and read again.
            }
        };
        await world.PassAliveAsync(TimeSpan.FromMinutes(5));
        await world.UntilAsync(() => world.Log.Lines.Any(line => line.Contains("the rules were not compared", StringComparison.Ordinal)));
        world.X.Publish(world.Post());
        await world.UntilAsync(() => world.Source.Counters.Accepted + world.Source.Counters.Foreign == 1);
        Assert.Equal(1, world.Source.Counters.Accepted);
    }

    [Fact]
    public async Task PostOfAnotherProgramsRule_IsIgnoredButPaid()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Rules.Add(Foreign, "somebody:cats");
        await world.RunUntilStreamingAsync();
        world.X.Publish(world.Post("cats sleep all day"));
        world.X.Publish(world.Post("bitcoin and cats"));
        await world.AcceptedAsync(1);
        Assert.Equal(1, world.Source.Counters.Foreign);
        await world.StopAsync();
        Assert.InRange((await world.Store.LoadAsync(default)).Days.Single().Reads, world.X.Meter.Reads, long.MaxValue);
        Assert.Equal(2, world.X.Meter.Reads);
    }

    [Fact]
    public async Task RuleThatXDoesNotAccept_WaitsAndSaysSo()
    {
        await using var world = await XWorld.OpenAsync();
        world.Options.Rules["wrong"] = "bio_location:mars";
        world.Run();
        var status = await world.PhaseAsync(XPhase.Waiting);
        Assert.Equal((5.0, "X did not accept the rule btcagent:wrong: check its operators"), (status.Wait.TotalSeconds, status.Reason));
    }

    [Fact]
    public async Task RulesRefused_WhileStreaming_KeepsTheStream()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.X.Faults.Refuse(XEndpoint.Rules, new XRefusal(503));
        await world.PassAliveAsync(TimeSpan.FromMinutes(5));
        await world.UntilAsync(() => world.Log.Lines.Any(line => line.Contains("the rules were not compared", StringComparison.Ordinal)));
        world.X.Publish(world.Post());
        await world.AcceptedAsync(1);
        Assert.Single(world.X.Streams.RequestedAt);
    }
}
