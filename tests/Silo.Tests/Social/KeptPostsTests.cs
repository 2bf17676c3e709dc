using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.History.Log.Local;
using BtcAgent.Silo.Tests.Roles;
using BtcAgent.Social.Transformers.Tests.Models;
using BtcAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using static BtcAgent.Silo.Tests.Social.PostsAgent;

namespace BtcAgent.Silo.Tests.Social;

/// <summary>Posts as facts, with a model that judges them in a process of its own.</summary>
public sealed class KeptPostsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-kept-posts-");
    private readonly TinyFolder _model = new(isRoberta: true);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Agent_WithAModel_KeepsItsTonesWithoutTextAndAuthor()
    {
        await using var agent = await RunningAgent.StartAsync(_folder.FullName, [.. RunningAgent.Restless, new("Social:Transformer:Folder", _model.Path)]);
        var log = agent.Services.GetRequiredService<LocalFactLog>();
        var posts = log.Partitions([FactTopic.SocialData])[0];
        var sums = log.Partitions([FactTopic.Sentiment])[0];
        await Eventually.TrueAsync(
            "a tally by the model", async () => (await ReadAsync<SentimentSums>(log, sums)).Any(tally => tally.Scorer == "tiny-cryptobert"), Patience);

        var kept = await ReadAsync<ScoredPost>(log, posts);
        var tallies = await ReadAsync<SentimentSums>(log, sums);
        Assert.Contains(kept, post => post.Scorer == "tiny-cryptobert" && post.ScorerHash.Length == 64);
        Assert.Equal(kept.Count, kept.Select(post => (post.Source, post.Id)).Distinct().Count());
        Assert.InRange(kept.Count, tallies.Sum(tally => tally.Posts), int.MaxValue);
        Assert.Equal(tallies.Select(tally => tally.Number).Order(), tallies.Select(tally => tally.Number));
        Assert.All(kept, post => Assert.True(post is { Source: "simulated", Tone: >= -1 and <= 1 } && post.KnownAt >= post.ReceivedAt));

        var shown = (await agent.GetAsync("/api/v1/social/posts?limit=200")).EnumerateArray().Select(post => Text(post, "text")).OfType<string>().Where(text => text.Length > 20);
        var bytes = Directory.EnumerateFiles(_folder.FullName, "*.facts", SearchOption.AllDirectories).Select(Shared).ToArray();
        Assert.All(shown, text => Assert.DoesNotContain(bytes, file => file.Contains(text, StringComparison.Ordinal)));
    }

    private static async Task<List<TMessage>> ReadAsync<TMessage>(LocalFactLog log, BtcAgent.History.Log.LogPartition partition)
    {
        var (first, next) = await log.BoundsAsync(partition, TestContext.Current.CancellationToken);
        var entries = await log.ReadAsync(partition, first, (int)Math.Min(10_000, next - first), TestContext.Current.CancellationToken);
        return [.. entries.Select(entry => (TMessage)Contracts.Wire.FactMessages.Read(partition.Topic, entry.Payload.Span))];
    }

    private static string Shared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
