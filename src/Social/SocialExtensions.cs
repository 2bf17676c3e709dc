using BtcAgent.Social.Budgets;
using BtcAgent.Social.X.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Social;

/// <summary>Registers the settings of the sources.</summary>
public static class SocialExtensions
{
    /// <summary>Adds the sections <c>Social:X</c> and <c>Social:Budget</c>, validated at the start.</summary>
    /// <param name="services">Services of the host.</param>
    /// <param name="defaults">Limits and prices where the configuration has none; null takes those of X.</param>
    public static IServiceCollection AddSocialSources(this IServiceCollection services, Action<BudgetOptions>? defaults = null)
    {
        services.AddOptions<XOptions>().BindConfiguration(XOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<XOptions>, XOptionsValidator>();
        services.AddOptions<BudgetOptions>().Configure(options => defaults?.Invoke(options)).BindConfiguration(BudgetOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BudgetOptions>, BudgetOptionsValidator>();
        return services;
    }
}
