using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Memory = Orleans.Providers.MemoryAdapterFactory<Orleans.Providers.DefaultMemoryMessageBodySerializer>;

namespace BtcAgent.Silo.Cluster.LocalStreams;

/// <summary>
/// Orleans' in-memory streams with a small cache (the default keeps half an hour of market data) and with receivers that wait
/// for messages instead of being polled every millisecond.
/// </summary>
internal sealed class LocalStreamFactory : IQueueAdapterFactory, IQueueAdapterCache
{
    /// <summary>Bytes of a cache block; each queue has at least one.</summary>
    private const int BlockBytes = 1 << 20;

    /// <summary>A consumer that is behind by less than this misses nothing.</summary>
    private static readonly TimeSpan TimeInCacheMin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(30);

    private readonly Memory _memory;
    private readonly ILoggerFactory _loggers;
    private readonly DefaultMemoryMessageBodySerializer _serializer;
    private readonly StepProofPurge _purge = new(TimeInCacheMin, AgeMax);
    private readonly ObjectPool<FixedSizeBuffer> _blocks;

    private LocalStreamFactory(IServiceProvider services, string name)
    {
        _memory = Memory.Create(services, name);
        _loggers = services.GetRequiredService<ILoggerFactory>();
        _serializer = ActivatorUtilities.CreateInstance<DefaultMemoryMessageBodySerializer>(services);
        _blocks = new ObjectPool<FixedSizeBuffer>(() => new FixedSizeBuffer(BlockBytes));
    }

    /// <summary>Creates the factory for the registration of the stream provider.</summary>
    public static IQueueAdapterFactory Create(IServiceProvider services, string name) => new LocalStreamFactory(services, name);

    public async Task<IQueueAdapter> CreateAdapter() => new WakingAdapter(await _memory.CreateAdapter(), _memory.GetStreamQueueMapper());

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => _memory.GetStreamQueueMapper();

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => _memory.GetDeliveryFailureHandler(queueId);

    public IQueueCache CreateQueueCache(QueueId queueId) => new MemoryPooledCache<DefaultMemoryMessageBodySerializer>(
        _blocks,
        _purge,
        _loggers.CreateLogger($"{typeof(LocalStreamFactory).FullName}.{queueId}"),
        _serializer,
        cacheMonitor: null,
        monitorWriteInterval: null,
        purgeMetadataInterval: AgeMax + AgeMax);
}
