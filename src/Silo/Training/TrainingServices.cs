using BtcAgent.Contracts.Settings;
using BtcAgent.Grains;
using BtcAgent.Grains.Feeds;
using BtcAgent.History;
using BtcAgent.History.Files;
using BtcAgent.Silo.Backups;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Objects;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Training;

/// <summary>Registers what runs the training jobs: in a single process, or in the role <c>optimizer</c> of a cluster.</summary>
internal static class TrainingServices
{
    private const string Lease = "training";
    private const string ReportFolder = "backups";

    /// <summary>Call it after Orleans is added: a stop then releases the job while the grains still answer.</summary>
    public static void AddTraining(this WebApplicationBuilder builder)
    {
        builder.Services.AddTrainingRequests();
        if (IsEnabled(builder))
        {
            builder.Services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section);
            builder.Services.AddSingleton<TrainingHistory>();
            builder.Services.AddSingleton<ModelIntake>();
            builder.Services.AddSingleton<TrainingService>();
            builder.Services.AddLeasedService(
                Lease, (provider, epoch, cancellation) => provider.GetRequiredService<TrainingService>().RunAsync(epoch, cancellation));
        }
    }

    /// <summary>
    /// For a client of a cluster. Its data folder belongs to one process: two trainers must not write to one job's folder. Call it after Orleans is added.
    /// </summary>
    /// <exception cref="StartupException">There is nothing to run or nothing to train on.</exception>
    public static void AddClusterTraining(this WebApplicationBuilder builder, AgentSettings settings)
    {
        Demand(IsEnabled(builder), $"{RetrainingOptions.Section}:Enabled is false: set it to true, or end this process");
        Demand(
            builder.Configuration.GetSection($"{ParquetOptions.Section}:{nameof(ParquetOptions.Store)}").Exists(),
            $"it needs the history to train on: set {ParquetOptions.Section}:Store to the bucket or shared folder that the cluster's sink writes to");
        builder.Services.AddSingleton(_ => DataFolder.Open(settings.DataFolder));
        builder.Services.AddParquetOptions(Path.Combine(settings.DataFolder, "history"));
        AddReportStore(builder, settings);

        // Unique for each start: a holder that hangs must not be mistaken for its successor of the same name.
        builder.Services.AddSingleton(new LeaseHolder($"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}"));
        builder.AddTraining();
    }

    /// <summary>For every process that has the optimizer's grain: reads the file of the search space, which becomes a part of each job.</summary>
    public static void AddTrainingRequests(this IServiceCollection services)
    {
        services.AddSingleton<IPostConfigureOptions<RetrainingOptions>, SearchSpaceFile>();
        services.AddSingleton<IValidateOptions<RetrainingOptions>, SearchSpaceFile>();
    }

    /// <summary>A cluster has no backups: its models are in PostgreSQL. Reports go where the section <c>Backup</c> names a store.</summary>
    private static void AddReportStore(WebApplicationBuilder builder, AgentSettings settings)
    {
        var backup = builder.Configuration.GetSection(BackupOptions.Section);
        if (backup.GetValue(nameof(BackupOptions.Enabled), defaultValue: true) && backup.GetSection(nameof(BackupOptions.Store)).Exists())
        {
            builder.Services.AddOptions<BackupOptions>().BindConfiguration(BackupOptions.Section).ValidateOnStart();
            builder.Services.AddSingleton<IValidateOptions<BackupOptions>, BackupOptionsValidator>();
            builder.Services.AddSingleton(provider => new ReportStore(
                ObjectStores.Open(provider.GetRequiredService<IOptions<BackupOptions>>().Value.Store, Path.Combine(settings.DataFolder, ReportFolder))));
        }
    }

    private static bool IsEnabled(WebApplicationBuilder builder) =>
        builder.Configuration.GetValue($"{RetrainingOptions.Section}:{nameof(RetrainingOptions.Enabled)}", defaultValue: true);

    private static void Demand(bool met, string what)
    {
        if (!met)
        {
            throw new StartupException($"--role optimizer: {what}");
        }
    }
}
