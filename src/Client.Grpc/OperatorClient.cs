using BtcAgent.Client.Grpc.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Status = BtcAgent.Client.Grpc.V1.Status;

namespace BtcAgent.Client.Grpc;

/// <summary>
/// The services of one agent over one connection. Sends the key with each call, gives calls without a deadline the one of the options,
/// and repeats reads that the agent does not answer; a command is sent once. Thread-safe.
/// </summary>
public sealed class OperatorClient : IDisposable
{
    private const int BytesPerMb = 1024 * 1024;
    private const int AttemptsMax = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);

    private readonly GrpcChannel _channel;
    private readonly EventFollower _follower;

    /// <exception cref="ArgumentException">An option is out of its range, or the key is empty.</exception>
    public OperatorClient(OperatorClientOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Key);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Deadline, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReadAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.ReadAttempts, AttemptsMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.AnswerMbMax, 1);
        _channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            HttpHandler = options.Handler,
            MaxReceiveMessageSize = options.AnswerMbMax * BytesPerMb,
            ServiceConfig = RepeatReads(options.ReadAttempts),
        });
        var calls = _channel.Intercept(new KeyAndDeadline(options.Key, options.Deadline));
        Status = new Status.StatusClient(calls);
        Instruments = new Instruments.InstrumentsClient(calls);
        Portfolios = new Portfolios.PortfoliosClient(calls);
        Orders = new Orders.OrdersClient(calls);
        Signals = new Signals.SignalsClient(calls);
        Decisions = new Decisions.DecisionsClient(calls);
        Models = new Models.ModelsClient(calls);
        Limits = new Limits.LimitsClient(calls);
        Control = new Control.ControlClient(calls);
        History = new History.HistoryClient(calls);
        Events = new Events.EventsClient(calls);
        _follower = new EventFollower(Events, options.Time);
    }

    public Status.StatusClient Status { get; }

    public Instruments.InstrumentsClient Instruments { get; }

    public Portfolios.PortfoliosClient Portfolios { get; }

    public Orders.OrdersClient Orders { get; }

    public Signals.SignalsClient Signals { get; }

    public Decisions.DecisionsClient Decisions { get; }

    public Models.ModelsClient Models { get; }

    public Limits.LimitsClient Limits { get; }

    public Control.ControlClient Control { get; }

    public History.HistoryClient History { get; }

    /// <summary>Single subscriptions; <see cref="SubscribeAsync"/> continues them when they end.</summary>
    public Events.EventsClient Events { get; }

    /// <summary>
    /// Follows live events until it is cancelled. When the connection breaks, the agent restarts or the caller was too slow, subscribes again
    /// after the last position, with growing pauses of 0.2…10 s: nothing is lost and nothing comes twice. Events that the agent no longer
    /// keeps are a message with <see cref="SubscribeResponse.Gap"/>. Quotes are conflated and not repeated.
    /// </summary>
    /// <param name="request">Topics, filters, and the position after which to begin.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">The agent refuses the key or the request.</exception>
    public IAsyncEnumerable<SubscribeResponse> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken = default) =>
        _follower.FollowAsync(request, cancellationToken);

    public void Dispose() => _channel.Dispose();

    /// <summary>A method is a read if the .proto says that it has no side effects.</summary>
    private static ServiceConfig RepeatReads(int attempts)
    {
        var config = new ServiceConfig();
        if (attempts == 1)
        {
            return config;
        }

        var reads = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = attempts,
                InitialBackoff = FirstPause,
                MaxBackoff = PauseMax,
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in OperatorMethods.All.Where(method => OperatorMethods.IsRead(method) && !method.IsServerStreaming))
        {
            reads.Names.Add(new MethodName { Service = method.Service.FullName, Method = method.Name });
        }

        config.MethodConfigs.Add(reads);
        return config;
    }
}
