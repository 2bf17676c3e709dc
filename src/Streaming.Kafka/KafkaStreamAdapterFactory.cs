using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Creates the parts of one provider.</summary>
internal sealed class KafkaStreamAdapterFactory : IQueueAdapterFactory, IStreamFailureHandler, IDisposable
{
    private readonly KafkaStreamOptions _options;
    private readonly KafkaStreamAdapter _adapter;
    private readonly KafkaQueueMapper _mapper;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;

    private KafkaStreamAdapterFactory(IServiceProvider services, string name)
    {
        _options = services.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name);
        _loggers = services.GetRequiredService<ILoggerFactory>();
        _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _mapper = new KafkaQueueMapper(_options);
        var codec = services.GetKeyedService<IKafkaPayloadCodec>(name)
            ?? new OrleansPayloadCodec(services.GetRequiredService<Serializer>());
        _adapter = new KafkaStreamAdapter(
            name, _options, codec, services.GetRequiredKeyedService<KafkaStreamStatus>(name), _time, _loggers);
    }

    /// <summary>A message that cannot be delivered becomes a dead letter; its consumer stays subscribed.</summary>
    public bool ShouldFaultSubsriptionOnError => false;

    public static IQueueAdapterFactory Create(IServiceProvider services, string name) => new KafkaStreamAdapterFactory(services, name);

    /// <exception cref="KafkaStreamException">No broker answers, or the topics do not match the options.</exception>
    public async Task<IQueueAdapter> CreateAdapter()
    {
        await new TopicProvisioner(_options, _loggers.CreateLogger<TopicProvisioner>()).EnsureAsync(_time, CancellationToken.None);
        return _adapter;
    }

    public IQueueAdapterCache GetQueueAdapterCache() => _adapter;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => Task.FromResult<IStreamFailureHandler>(this);

    /// <summary>Does nothing: the cursor, which holds the message, has already posted the dead letter.</summary>
    public Task OnDeliveryFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) => Task.CompletedTask;

    /// <summary>Does nothing: the error callback informs the consumer, and the agent continues.</summary>
    public Task OnSubscriptionFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) => Task.CompletedTask;

    public void Dispose() => _adapter.Dispose();
}
