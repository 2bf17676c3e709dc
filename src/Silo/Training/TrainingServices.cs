using BtcAgent.Contracts.Settings;
using BtcAgent.Grains;
using BtcAgent.History;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Training;

/// <summary>Registers the trainer of an agent.</summary>
internal static class TrainingServices
{
    /// <summary>Call it after Orleans is added: a stop then releases the job while the grains still answer.</summary>
    public static void AddTraining(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPostConfigureOptions<RetrainingOptions>, SearchSpaceFile>();
        builder.Services.AddSingleton<IValidateOptions<RetrainingOptions>, SearchSpaceFile>();
        if (builder.Configuration.GetValue($"{RetrainingOptions.Section}:{nameof(RetrainingOptions.Enabled)}", defaultValue: true))
        {
            builder.Services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section);
            builder.Services.AddSingleton<TrainingHistory>();
            builder.Services.AddSingleton<ModelIntake>();
            builder.Services.AddSingleton<TrainingService>();
            builder.Services.AddLeasedService(
                "training", (provider, epoch, cancellation) => provider.GetRequiredService<TrainingService>().RunAsync(epoch, cancellation));
        }
    }
}
