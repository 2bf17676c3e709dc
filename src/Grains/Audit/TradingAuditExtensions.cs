using BtcAgent.Contracts.Facts;
using Microsoft.Extensions.DependencyInjection;

namespace BtcAgent.Grains.Audit;

/// <summary>Registers the audit of what the agent does in the market.</summary>
public static class TradingAuditExtensions
{
    /// <summary>Call it after the host has added its publisher of facts, which it wraps.</summary>
    public static IServiceCollection AddTradingAudit(this IServiceCollection services)
    {
        var published = services.Last(service => service.ServiceType == typeof(IFactPublisher));
        services.Remove(published);
        services.AddSingleton<TradingAudit>();
        services.AddHostedService(provider => provider.GetRequiredService<TradingAudit>());
        services.AddSingleton<IFactPublisher>(provider => new AuditedFacts(
            (IFactPublisher)(published.ImplementationInstance ?? published.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, published.ImplementationType!)),
            provider.GetRequiredService<TradingAudit>()));
        return services;
    }
}
