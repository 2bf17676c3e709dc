using System.Text.Json;
using BtcAgent.Contracts.Social;
using BtcAgent.Exchanges.Simulator.Social;
using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Social;

/// <summary>Opens the source of this agent for a run.</summary>
internal sealed partial class SourceOpener(PostSource source, IGrainFactory grains, IServiceProvider services, TimeProvider time, ILoggerFactory loggers)
{
    private const string XName = "x";
    private const string Simulated = "simulated";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly ILogger<SourceOpener> _logger = loggers.CreateLogger<SourceOpener>();
    private long? _lookedAt;
    private XReading? _simulated;

    /// <returns>Null when only offered posts are read.</returns>
    public async Task<XReading?> OpenAsync(long epoch, PostScoring scoring, ISocialBoardGrain board, CancellationToken cancellationToken)
    {
        if (source == PostSource.None)
        {
            return null;
        }

        var simulated = source == PostSource.Simulated ? services.GetRequiredService<SimulatedX>() : null;
        var name = simulated is null ? XName : Simulated;
        var (options, token) = simulated is null
            ? (services.GetRequiredService<IOptions<XOptions>>().Value, services.GetRequiredService<BearerToken>())
            : (new XOptions { BaseAddress = simulated.Address, Rules = services.GetRequiredService<IOptions<XOptions>>().Value.Rules }, BearerToken.Of(services.GetRequiredService<IOptions<SimulatedXOptions>>().Value.BearerToken));
        var store = grains.GetGrain<ISocialStoreGrain>(name);

        // First of all: what an earlier reader reads from here on, it cannot publish.
        var turn = await store.TakeOver(epoch).WaitAsync(cancellationToken);
        SocialService.Demand(turn.IsGranted);

        // The simulated X of this process still has its posts, and its position is stored only now and then.
        var cursor = simulated is not null && _simulated is { } before ? before.Position : Parse(turn.Cursor);
        var reading = new XReading(
            name, options, token, services.GetRequiredService<IOptions<BudgetOptions>>().Value, epoch, store, cursor,
            new PostDesk(name, scoring, board, services.GetRequiredService<SocialFigures>(), await ShownAsync(board, name, cancellationToken)), simulated, time, loggers);
        _simulated = simulated is null ? null : reading;
        return reading;
    }

    /// <summary>The posts that the board shows of an earlier reader: they are looked up as well.</summary>
    private static async Task<IEnumerable<string>> ShownAsync(ISocialBoardGrain board, string name, CancellationToken cancellationToken) =>
        (await board.GetPosts(ISocialBoardGrain.PostsMax).WaitAsync(cancellationToken)).Where(post => post.Source == name && post.Removed is null).Reverse().Select(post => post.Id);

    /// <summary>A position that cannot be read costs only the posts of the interruption: the reading begins now.</summary>
    private PostCursor Parse(string? stored)
    {
        try
        {
            return stored is null ? PostCursor.Empty : JsonSerializer.Deserialize<PostCursor>(stored) ?? PostCursor.Empty;
        }
        catch (JsonException)
        {
            LogUnreadable(_logger);
            return PostCursor.Empty;
        }
    }

    [LoggerMessage(EventId = 764, Level = LogLevel.Warning, Message = "The stored position in the posts cannot be read: reading begins now, and posts of the interruption are lost")]
    private static partial void LogUnreadable(ILogger logger);

    /// <summary>Reads the market's move now and then, for the simulated X.</summary>
    public async Task LookAtMarketAsync()
    {
        if (source == PostSource.Simulated && (_lookedAt is not { } at || time.GetElapsedTime(at) >= LookEvery))
        {
            _lookedAt = time.GetTimestamp();
            await services.GetRequiredService<MarketMoves>().LookAsync();
        }
    }
}
