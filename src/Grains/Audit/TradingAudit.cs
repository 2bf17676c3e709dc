using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using BtcAgent.Contracts.Audit;
using BtcAgent.Domain.Audit;
using BtcAgent.Domain.Facts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Audit;

/// <summary>
/// Writes what the agent does in the market to the audit, in the order in which it happened, many entries at once. Trading never
/// waits for it: entries wait in memory, up to a limit; those beyond it are counted, and the count becomes an entry.
/// </summary>
internal sealed partial class TradingAudit(IGrainFactory grains, TimeProvider time, ILogger<TradingAudit> logger) : BackgroundService
{
    /// <summary>Entries that may wait.</summary>
    private const int WaitingMax = 20_000;

    /// <summary>Entries written at once.</summary>
    private const int BatchMax = 200;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<AuditDraft> _waiting = Channel.CreateBounded<AuditDraft>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    private readonly string _process = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private long _number;
    private long _lost;
    private bool _isUnwritten;

    /// <summary>Called on the path of trading, for every fact.</summary>
    public void Record(Fact fact)
    {
        if (fact is OrderFact or FillFact or AgentEventFact && TradingActions.Of(fact, NextId()) is { } draft && !_waiting.Writer.TryWrite(draft))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<AuditDraft>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                Fill(batch);
                while (!await TryWriteAsync(batch))
                {
                    await Task.Delay(RetryAfter, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteRestAsync(batch);
        }
    }

    private async Task WriteRestAsync(List<AuditDraft> batch)
    {
        do
        {
            Fill(batch);
        }
        while (await TryWriteAsync(batch) && _waiting.Reader.Count > 0);

        if (batch.Count + _waiting.Reader.Count is > 0 and var left)
        {
            LogUnwrittenAtTheEnd(logger, left);
        }
    }

    private void Fill(List<AuditDraft> batch)
    {
        while (batch.Count < BatchMax && _waiting.Reader.TryRead(out var draft))
        {
            batch.Add(draft);
        }

        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
        {
            batch.Add(new AuditDraft
            {
                Id = NextId(),
                Kind = AuditKind.Audit,
                Actor = "agent",
                Action = "entries lost",
                Subject = "trading",
                Reason = string.Create(CultureInfo.InvariantCulture, $"{lost} actions in the market are not recorded: {WaitingMax} waited already"),
                Outcome = AuditOutcome.Failed,
            });
        }
    }

    private async Task<bool> TryWriteAsync(List<AuditDraft> batch)
    {
        if (batch.Count == 0)
        {
            return true;
        }

        try
        {
            await grains.GetGrain<IAuditLogGrain>(IAuditLogGrain.Key).Append([.. batch]);
        }
        catch (Exception e)
        {
            if (!_isUnwritten)
            {
                LogUnwritten(logger, e.GetBaseException().Message, batch.Count + _waiting.Reader.Count);
            }

            _isUnwritten = true;
            return false;
        }

        if (_isUnwritten)
        {
            LogWrittenAgain(logger);
            _isUnwritten = false;
        }

        batch.Clear();
        return true;
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"{_process}/{Interlocked.Increment(ref _number)}");
}
