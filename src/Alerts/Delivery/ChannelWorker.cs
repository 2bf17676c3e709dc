using BtcAgent.Alerts.Channels;
using BtcAgent.Domain.Alerts;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Alerts.Delivery;

/// <summary>
/// Sends the messages of one channel in order, one at a time, until each is accepted. Its own task: a channel that hangs delays no other.
/// </summary>
internal sealed partial class ChannelWorker(
    IAlertChannel channel, TimeSpan timeout, TimeSpan probeEvery, Action<DeliveryOutcome> settle, TimeProvider time, ILogger logger)
{
    /// <summary>Refusals after which a message is given up, so that one that the receiver cannot read does not block the others.</summary>
    private const int RefusalsMax = 3;

    /// <summary>Pause between probes of a failing channel that has no message to send.</summary>
    private static readonly TimeSpan ProbeAgain = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Queue<AlertDelivery> _waiting = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Backoff _backoff = new(channel.Name.Sum(c => (int)c));
    private TaskCompletionSource _offered = NewSignal();
    private ChannelHealth _health = new(channel.Name, channel.Kind, 0, 0, 0, null, null, null, null);

    public string Name => channel.Name;

    public ChannelHealth Health
    {
        get
        {
            lock (_gate)
            {
                return _health with { Waiting = _waiting.Count };
            }
        }
    }

    /// <summary>Adds a message unless it waits already.</summary>
    public void Offer(AlertDelivery delivery)
    {
        lock (_gate)
        {
            if (_known.Add(delivery.Id))
            {
                _waiting.Enqueue(delivery);
                _offered.TrySetResult();
            }
        }
    }

    /// <summary>Sends and probes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var probeAt = time.GetUtcNow();
        while (true)
        {
            if (time.GetUtcNow() >= probeAt)
            {
                var isUp = Note(await AttemptAsync(channel.ProbeAsync, cancellationToken));
                Probed();
                probeAt = time.GetUtcNow() + (isUp ? probeEvery : ProbeAgain);
            }

            if (Head() is not { } delivery)
            {
                await WaitAsync(probeAt - time.GetUtcNow(), cancellationToken);
                continue;
            }

            await SendAsync(delivery, cancellationToken);
        }
    }

    private async Task SendAsync(AlertDelivery delivery, CancellationToken cancellationToken)
    {
        for (var refusals = 0; ;)
        {
            var answer = await AttemptAsync(token => channel.SendAsync(delivery, token), cancellationToken);
            if (Note(answer))
            {
                Sent(delivery);
                return;
            }

            refusals += answer.Kind == ChannelAnswerKind.Refused ? 1 : 0;
            if (delivery.Kind == DeliveryKind.Test || refusals >= RefusalsMax)
            {
                LogGivenUp(logger, channel.Name, delivery.Id, answer.Problem!);
                End(delivery, answer.Problem);
                return;
            }

            await Task.Delay(_backoff.Next(answer.RetryAfter), time, cancellationToken);
        }
    }

    private async Task<ChannelAnswer> AttemptAsync(Func<CancellationToken, Task<ChannelAnswer>> act, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await act(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ChannelAnswer.Busy($"no answer within {timeout.TotalSeconds:F0} s");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A fault of the channel or of its library: its message may have a secret, its type does not.
            return ChannelAnswer.Busy($"{e.GetType().Name} while sending");
        }
    }

    /// <summary>Returns true when the answer is a success; also with a problem, such as one recipient of several.</summary>
    private bool Note(ChannelAnswer answer)
    {
        var isUp = answer.Kind == ChannelAnswerKind.Accepted;
        ChannelHealth before;
        lock (_gate)
        {
            before = _health;
            _health = before with
            {
                Failed = before.Failed + (isUp ? 0 : 1),
                FailingSince = answer.Problem is null ? null : before.FailingSince ?? time.GetUtcNow(),
                Problem = answer.Problem,
            };
        }

        if (isUp)
        {
            _backoff.Reset();
        }
        else
        {
            AlertMeter.Failed.Add(1, new KeyValuePair<string, object?>("channel", channel.Name));
        }

        if (answer.Problem is null && before.Problem is not null)
        {
            LogWorksAgain(logger, channel.Name);
        }
        else if (answer.Problem is { } problem && before.Problem != problem)
        {
            LogFailing(logger, channel.Name, problem);
        }

        return isUp;
    }

    private void Probed()
    {
        lock (_gate)
        {
            _health = _health with { ProbedAt = time.GetUtcNow() };
        }
    }

    private void Sent(AlertDelivery delivery)
    {
        AlertMeter.Sent.Add(1, new KeyValuePair<string, object?>("channel", channel.Name));
        lock (_gate)
        {
            _health = _health with { Sent = _health.Sent + 1, LastSentAt = time.GetUtcNow() };
        }

        End(delivery, null);
    }

    private void End(AlertDelivery delivery, string? problem)
    {
        // Settled before it is forgotten: otherwise it could be offered again in between.
        settle(new DeliveryOutcome(delivery.Id, channel.Name, problem));
        lock (_gate)
        {
            _waiting.Dequeue();
            _known.Remove(delivery.Id);
        }
    }

    private AlertDelivery? Head()
    {
        lock (_gate)
        {
            if (_waiting.TryPeek(out var delivery))
            {
                return delivery;
            }

            _offered = NewSignal();
            return null;
        }
    }

    /// <summary>Waits for a message, or for the next probe.</summary>
    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task offered;
        lock (_gate)
        {
            offered = _waiting.Count > 0 ? Task.CompletedTask : _offered.Task;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(offered, Task.Delay(longest > TimeSpan.Zero ? longest : TimeSpan.Zero, time, waiting.Token));
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
