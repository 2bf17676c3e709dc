using BtcAgent.Contracts.Backups;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Backups;

/// <summary>Registers the scheduled backups of the embedded store.</summary>
internal static class BackupExtensions
{
    public static IServiceCollection AddBackups(this IServiceCollection services, AgentSettings settings, IConfiguration configuration)
    {
        services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BackupOptions>, BackupOptionsValidator>();
        services.AddHostedService<ConfigurationRecord>();
        if (configuration.GetValue($"{BackupOptions.Section}:{nameof(BackupOptions.Enabled)}", defaultValue: true))
        {
            services.AddSingleton(provider => BackupPlace.Open(
                provider.GetRequiredService<IOptions<BackupOptions>>().Value, settings.DataFolder, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(provider => new ReportStore(provider.GetRequiredService<BackupPlace>().Store));
            services.AddSingleton<BackupSchedule>();
            services.AddSingleton<IBackupBoard>(provider => provider.GetRequiredService<BackupSchedule>());
            services.AddHostedService(provider => provider.GetRequiredService<BackupSchedule>());
        }

        return services;
    }
}
