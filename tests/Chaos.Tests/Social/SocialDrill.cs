using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Contracts.Wire;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using BtcAgent.Exchanges.Simulator.Posts;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.History.Log.Local;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests.Social;

/// <summary>Kills an agent that reads a simulated X, which goes on publishing, and compares at the end.</summary>
internal sealed class SocialDrill(SocialDrillOptions options, DirectoryInfo folder, Action<string> report)
{
    private const long ReadsMax = 50_000;
    private const int PostsPerSecond = 5;
    private const string Token = "drill-token";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Texts =
    [
        "bitcoin breaks out, very bullish", "bitcoin crashes, panic selling", "my notes on bitcoin, part", "great day for bitcoin, record inflows", "bitcoin fees are high again",
    ];

    private readonly Random _random = new(options.Seed);
    private readonly List<long> _published = [];
    private readonly int _port = ChaosDrill.FreePort();

    public async Task<SocialDrillResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var x = new SimulatedX(
            new SimulatedXOptions { BearerToken = Token, ConnectsMax = 1_000 }, TimeProvider.System, NullLoggerFactory.Instance);
        await x.StartAsync(null, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task publishing = Task.CompletedTask;
        for (var kills = 0; kills <= options.Kills; kills++)
        {
            using var agent = Start(x);
            await Eventually.TrueAsync(
                "the agent reads the stream",
                () => agent.HasExited ? throw new InvalidOperationException($"the agent has ended:\n{agent.Tail}") : Task.FromResult(x.Streams.IsOpen),
                Patience,
                () => agent.Tail);
            publishing = kills == 0 ? PublishAsync(x, ended.Token) : publishing;
            if (kills < options.Kills)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(500, 6_000)), TimeProvider.System, cancellationToken);
                agent.Kill();
                agent.WaitForExit();
                report($"kill {kills + 1} after {_published.Count} posts");
                await Eventually.TrueAsync("the stream is closed", () => Task.FromResult(!x.Streams.IsOpen), Patience);
                continue;
            }

            await ended.CancelAsync();
            await publishing;
            var kept = 0;
            await Eventually.TrueAsync(
                "the agent has all posts",
                async () => (kept = (await ReadAsync<ScoredPost>(FactTopic.SocialData, cancellationToken)).Select(post => post.Id).Distinct().Count()) >= _published.Count,
                Patience,
                () => $"{kept} of {_published.Count} posts; {agent.Tail}");
            await agent.StopAsync(cancellationToken);
        }

        return Compare(x, await ReadAsync<ScoredPost>(FactTopic.SocialData, cancellationToken), await ReadAsync<SentimentSums>(FactTopic.Sentiment, cancellationToken));
    }

    private SocialDrillResult Compare(SimulatedX x, IReadOnlyList<ScoredPost> facts, IReadOnlyList<SentimentSums> tallies)
    {
        var kept = facts.Select(post => long.Parse(post.Id, CultureInfo.InvariantCulture)).ToHashSet();
        var counted = tallies.DistinctBy(tally => tally.Number).Sum(tally => tally.Posts);
        return new SocialDrillResult(
            options.Seed, options.Kills, _published.Count, _published.Count(id => !kept.Contains(id)), Math.Max(0, counted - _published.Count),
            Math.Max(0, x.Meter.Reads - ReadsMax), facts.Count - kept.Count, Math.Max(0, _published.Count - counted), Checksum(_published), Checksum(kept));
    }

    private static string Checksum(IEnumerable<long> ids) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', ids.Order()))))[..16];

    /// <summary>Reads a copy of the agent's log, since its own belongs to it.</summary>
    private async Task<IReadOnlyList<TMessage>> ReadAsync<TMessage>(FactTopic topic, CancellationToken cancellationToken)
    {
        var copy = Directory.CreateTempSubdirectory("btcagent-social-drill-log-");
        try
        {
            var own = new DirectoryInfo(Path.Combine(folder.FullName, "facts", FactTopics.NameOf(topic)));
            var to = copy.CreateSubdirectory(own.Name);
            foreach (var file in own.Exists ? own.GetFiles() : [])
            {
                file.CopyTo(Path.Combine(to.FullName, file.Name));
            }

            foreach (var name in own.Parent!.GetFiles())
            {
                name.CopyTo(Path.Combine(copy.FullName, name.Name));
            }

            await using var log = LocalFactLog.Open(
                FactLogIdentity.Of("drill"), new FactLogOptions { Folder = copy.FullName }, TimeProvider.System, NullLogger<LocalFactLog>.Instance);
            var partition = log.Partitions([topic])[0];
            var (first, next) = await log.BoundsAsync(partition, cancellationToken);
            var messages = new List<TMessage>();
            while (first < next && await log.ReadAsync(partition, first, 1_000, cancellationToken) is { Count: > 0 } entries)
            {
                messages.AddRange(entries.Select(entry => (TMessage)FactMessages.Read(topic, entry.Payload.Span)));
                first = entries[^1].Offset + 1;
            }

            return messages;
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private AgentProcess Start(SimulatedX x) => AgentProcess.Start(
        _port,
        [
            "--data", folder.FullName, "--port", $"{_port}", "--set", "Social:Source=X", "--set", $"Social:X:BaseAddress={x.Address}", "--set", "Social:X:Rules:all=bitcoin",
            "--set", "Social:X:SearchDelaySeconds=1", "--set", $"Social:Budget:ReadsPerDayMax={ReadsMax}", "--set", "Social:Budget:DollarsPerDayMax=1000", "--set", "Social:Budget:DollarsPerMonthMax=10000",
            "--set", "StarterModel:Enabled=false",
        ],
        [new("Social__X__BearerToken", Token)]);

    private async Task PublishAsync(SimulatedX x, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PostsPerSecond), TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = TimeProvider.System.GetUtcNow();
                var author = new SyntheticAuthor($"{_random.Next(1_000)}", "synthetic", now.AddDays(-900), 5_000, 400);
                var id = x.Publish(new SyntheticPost(now, author, $"{Texts[_random.Next(Texts.Length)]} {_published.Count}", "en", PostKind.Opinion, PostTone.Neutral));
                lock (_published)
                {
                    _published.Add(id);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            report($"{_published.Count} posts published");
        }
    }
}
