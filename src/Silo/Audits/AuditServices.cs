using BtcAgent.Contracts.Audit;
using BtcAgent.History.Audit;

namespace BtcAgent.Silo.Audits;

/// <summary>Registers the audit of a single process.</summary>
internal static class AuditServices
{
    /// <summary>Adds the audit in the data folder, and its verification at the start.</summary>
    public static IServiceCollection AddAuditFolder(this IServiceCollection services, string dataFolder)
    {
        var folder = Path.Combine(dataFolder, AuditFiles.FolderName);
        services.AddSingleton<IAuditStore>(new AuditFolder(folder));
        return services.AddHostedService(provider => new AuditWatch(
            folder, provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<ILogger<AuditWatch>>()));
    }
}
