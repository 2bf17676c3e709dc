using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BtcAgent.History.Sinks.Redis;

/// <summary>Registers the Redis sink.</summary>
public static class RedisSinkExtensions
{
    /// <summary>
    /// Adds a <see cref="RedisSink"/> to the <see cref="IFactSink"/> services when <c>History:Redis:Connection</c> is set.
    /// </summary>
    public static IServiceCollection AddRedisSink(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(RedisSinkOptions.Section);
        services.AddOptions<RedisSinkOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisSinkOptions>, RedisSinkOptionsValidator>());
        if (!string.IsNullOrEmpty(section[nameof(RedisSinkOptions.Connection)]))
        {
            services.AddSingleton<IFactSink>(provider => new RedisSink(provider.GetRequiredService<IOptions<RedisSinkOptions>>().Value));
        }

        return services;
    }
}
