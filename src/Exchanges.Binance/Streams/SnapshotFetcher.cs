using System.Diagnostics.CodeAnalysis;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>Fetches depth snapshots in parallel with the stream: one at a time, rate-limited, with back-off on failure.</summary>
internal sealed partial class SnapshotFetcher(
    BinanceRestClient rest,
    InstrumentId instrument,
    BinanceOptions options,
    TimeProvider time,
    BackOff backOff,
    ILogger logger)
{
    private readonly TimeSpan _interval = options.SnapshotInterval;
    private long? _lastStart;

    /// <summary>The fetch in progress; null when none is requested.</summary>
    public Task<byte[]>? Pending { get; private set; }

    /// <summary>Starts a fetch unless one is in progress. It ends only with a snapshot or by cancellation.</summary>
    public void Request(CancellationToken cancellationToken) => Pending ??= FetchAsync(cancellationToken);

    public void Forget() => Pending = null;

    public bool TryTake([NotNullWhen(true)] out byte[]? json)
    {
        json = null;
        if (Pending is not { IsCompletedSuccessfully: true } done)
        {
            return false;
        }

        json = done.Result;
        Pending = null;
        return true;
    }

    private async Task<byte[]> FetchAsync(CancellationToken cancellationToken)
    {
        if (_lastStart is { } last && time.GetElapsedTime(last) is var since && since < _interval)
        {
            await Task.Delay(_interval - since, time, cancellationToken);
        }

        while (true)
        {
            _lastStart = time.GetTimestamp();
            TimeSpan wait;
            try
            {
                var json = await rest.GetDepthAsync(instrument, cancellationToken);
                backOff.Reset();
                return json;
            }
            catch (Exception problem) when (problem is MarketFeedException or BinanceApiException)
            {
                wait = backOff.Next();
                LogFailed(logger, instrument, problem.Message, wait.TotalSeconds);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
