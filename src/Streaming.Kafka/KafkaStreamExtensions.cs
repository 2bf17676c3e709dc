using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Adds Kafka stream providers to silos and clients.</summary>
public static class KafkaStreamExtensions
{
    /// <summary>Milliseconds between an agent's rounds; short, because its receiver itself waits for messages.</summary>
    private const double AgentPeriodMs = 1;

    /// <summary>
    /// Adds a provider that reads and writes the topics of <paramref name="configure"/>. Supports implicit subscriptions
    /// only.
    /// </summary>
    public static ISiloBuilder AddKafkaStreams(this ISiloBuilder builder, string name, Action<KafkaStreamOptions> configure)
    {
        builder.Services.AddProvider(name, configure);
        var streams = new SiloPersistentStreamConfigurator(
            name, configureServices => builder.ConfigureServices(configureServices), KafkaStreamAdapterFactory.Create);
        streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
        streams.ConfigurePartitionBalancing((services, provider) => ActivatorUtilities.CreateInstance<EvenQueueBalancer>(
            services, provider, services.GetRequiredKeyedService<KafkaStreamStatus>(provider)));
        streams.ConfigurePullingAgent(agents => agents.Configure<IOptionsMonitor<KafkaStreamOptions>>((agent, options) =>
        {
            agent.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(AgentPeriodMs);
            agent.MaxEventDeliveryTime = TimeSpan.FromMilliseconds(options.Get(name).DeliveryTimeMsMax);
        }));
        return builder;
    }

    /// <summary>
    /// Adds a provider that writes to the topics of <paramref name="configure"/> from outside the cluster.
    /// </summary>
    public static IClientBuilder AddKafkaStreams(this IClientBuilder builder, string name, Action<KafkaStreamOptions> configure)
    {
        builder.Services.AddProvider(name, configure);
        var streams = new ClusterClientPersistentStreamConfigurator(name, builder, KafkaStreamAdapterFactory.Create);
        streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
        return builder;
    }

    /// <summary>Replaces Orleans' serializer by another codec for one provider.</summary>
    public static IServiceCollection AddKafkaPayloadCodec<TCodec>(this IServiceCollection services, string name)
        where TCodec : class, IKafkaPayloadCodec => services.AddKeyedSingleton<IKafkaPayloadCodec, TCodec>(name);

    private static void AddProvider(this IServiceCollection services, string name, Action<KafkaStreamOptions> configure)
    {
        services.AddOptions<KafkaStreamOptions>(name).Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KafkaStreamOptions>>(new KafkaStreamOptionsValidator(name));
        services.AddKeyedSingleton(name, new KafkaStreamStatus());
    }
}
