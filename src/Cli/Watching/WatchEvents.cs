using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text.Json;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Watching;

/// <summary>
/// Follows the agent's live events for <c>watch</c>: quotes are shown as they come, everything else says that the figures have changed. Connects again
/// when the stream ends. It keeps no position, since the figures are read again after each break.
/// </summary>
internal sealed class WatchEvents : IAsyncDisposable
{
    private const string Topics = "quotes,decisions,orders,fills,positions,equity";

    /// <summary>Breakers, feeds and limits of every portfolio, for keys that may see them.</summary>
    private const string AllTopics = Topics + ",risk";

    private const int DoublingsMax = 5;

    /// <summary>Without an event for this long, not even a quote, it connects again.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);

    private readonly AgentClient _agent;
    private readonly string? _portfolio;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, WatchedQuote> _quotes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;
    private volatile string? _problem = "connecting to the events";
    private int _changes = 1;
    private int _newQuotes;

    public WatchEvents(AgentClient agent, string? portfolio, TimeProvider time)
    {
        (_agent, _portfolio, _time) = (agent, portfolio, time);
        _following = FollowAsync(_stop.Token);
    }

    /// <summary>Why there are no events at present; null while they come.</summary>
    public string? Problem => _problem;

    /// <summary>Returns true once after each change of the figures.</summary>
    public bool TakeChange() => Interlocked.Exchange(ref _changes, 0) > 0;

    /// <summary>Returns true once after new quotes.</summary>
    public bool TakeQuotes() => Interlocked.Exchange(ref _newQuotes, 0) > 0;

    /// <summary>Puts quotes that came after the update into it.</summary>
    public WatchUpdate Apply(WatchUpdate update, DateTimeOffset now) => update with
    {
        Instruments =
        [
            .. update.Instruments.Select(each => _quotes.TryGetValue(each.Instrument, out var quote) && quote.At > update.At
                ? each with { Bid = quote.Bid, Ask = quote.Ask, SpreadBps = quote.SpreadBps, AgeMs = (now - quote.At).TotalMilliseconds }
                : each),
        ],
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var failures = 0;
            var next = (Topics: (string?)AllTopics, IsFailure: false);
            while (next.Topics is { } topics)
            {
                next = await TryAsync(topics, cancellationToken);
                failures = next.IsFailure ? failures + 1 : 0;
                Interlocked.Exchange(ref _changes, 1);
                var pause = FirstPause * (1 << Math.Min(failures, DoublingsMax));
                await Task.Delay(pause < PauseMax ? pause : PauseMax, _time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The operator leaves.
        }
    }

    /// <returns>The topics of the next attempt, null for none; and whether this one has failed.</returns>
    private async Task<(string? Topics, bool IsFailure)> TryAsync(string topics, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(topics, cancellationToken);
            _problem = "the stream of events has ended";
            return (topics, false);
        }
        catch (AgentException e) when (e.ExitCode == ExitCodes.NotAllowed)
        {
            // A key for some portfolios may not see the topic of all. Calling more often would count as an attack.
            _problem = e.Message;
            return (topics == AllTopics ? Topics : null, false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _problem = "no event for 45 s";
            return (topics, false);
        }
        catch (Exception e) when (e is AgentException or IOException)
        {
            _problem = e.Message;
            return (topics, true);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            _problem = $"an event cannot be read ({e.Message}): agent and btcagent may have different versions";
            return (topics, true);
        }
    }

    private async Task ReadAsync(string topics, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(SilenceMax, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        await using var events = await _agent.OpenAsync(Query.Of("events", ("topics", topics), ("portfolio", _portfolio)), "text/event-stream", end.Token);
        _problem = null;
        Interlocked.Exchange(ref _changes, 1);
        await foreach (var one in SseParser.Create(events).EnumerateAsync(end.Token))
        {
            silence.CancelAfter(SilenceMax);
            if (one.EventType == "quotes")
            {
                Note(one.Data);
            }
            else
            {
                Interlocked.Exchange(ref _changes, 1);
            }
        }
    }

    private void Note(string row)
    {
        using var quote = JsonDocument.Parse(row);
        var root = quote.RootElement;
        _quotes[root.GetProperty("instrument").GetString()!] = new WatchedQuote(
            root.GetProperty("bidPrice").GetDecimal(), root.GetProperty("askPrice").GetDecimal(), _time.GetUtcNow());
        Interlocked.Exchange(ref _newQuotes, 1);
    }
}
