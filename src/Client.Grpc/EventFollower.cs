using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BtcAgent.Client.Grpc.V1;
using Google.Rpc;
using Grpc.Core;

namespace BtcAgent.Client.Grpc;

/// <summary>
/// Follows live events across broken connections and restarts of the agent: subscribes again after the last position, so that nothing is
/// lost and nothing comes twice.
/// </summary>
/// <param name="events">The service.</param>
/// <param name="time">The clock of pauses and silence.</param>
internal sealed class EventFollower(Events.EventsClient events, TimeProvider time)
{
    /// <summary>Three heartbeats: without a message for this long, the connection is taken for dead.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(45);

    private const int DoublingsMax = 6;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<SubscribeResponse> FollowAsync(SubscribeRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = request.Clone();
        for (var failures = 0; ; failures++)
        {
            using var silence = new CancellationTokenSource(SilenceMax, time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
            using var call = events.Subscribe(next, cancellationToken: end.Token);
            RpcException? failure = null;
            for (var messages = 0; ; messages++)
            {
                (var message, failure) = await NextAsync(call.ResponseStream, end.Token);
                cancellationToken.ThrowIfCancellationRequested();
                if (message is null)
                {
                    break;
                }

                silence.CancelAfter(SilenceMax);

                // The first message shows only that the agent answers.
                failures = messages > 0 ? 0 : failures;
                next.After = message.Position.Length > 0 ? message.Position : next.After;
                yield return message;
            }

            await Task.Delay(PauseOf(failures, failure), time, cancellationToken);
        }
    }

    /// <returns>A message; or a failure after which another attempt makes sense; or neither, at an end without a reason.</returns>
    private static async Task<(SubscribeResponse? Message, RpcException? Failure)> NextAsync(
        IAsyncStreamReader<SubscribeResponse> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await messages.MoveNext(cancellationToken) ? (messages.Current, null) : (null, null);
        }
        catch (RpcException failure) when (IsPassing(failure.StatusCode))
        {
            return (null, failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (null, null);
        }
    }

    /// <summary>Connections that break have several codes; a refusal of the key or the request stays one.</summary>
    private static bool IsPassing(StatusCode code) => code is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Internal
        or StatusCode.Unknown or StatusCode.Cancelled or StatusCode.Aborted or StatusCode.DeadlineExceeded;

    /// <summary>Doubles with each failure, with chance, so that the clients of a restarted agent do not come at the same instant.</summary>
    private static TimeSpan PauseOf(int failures, RpcException? failure)
    {
        var longest = FirstPause * (1 << Math.Min(failures, DoublingsMax));
        var pause = (longest < PauseMax ? longest : PauseMax) * (RandomNumberGenerator.GetInt32(50, 101) / 100.0);
        var asked = failure?.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() ?? TimeSpan.Zero;
        return asked > pause ? asked : pause;
    }
}
