using System.ComponentModel.DataAnnotations;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Contracts.Settings;

/// <summary>When and how the agent trains models again: section <c>Retraining</c>.</summary>
public sealed class RetrainingOptions
{
    public const string Section = "Retraining";

    /// <summary>False starts no trainer: requested jobs wait. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Hours of market time (event time of the venue) between trainings of a strategy whose model is <c>lightgbm</c>; 0 for none.
    /// Default 0.
    /// </summary>
    [Range(0.0, 8_784.0)]
    public double EveryHours { get; set; }

    /// <summary>Times of trainings in UTC, five fields as in cron, such as <c>0 3 * * 0</c>; empty for none. Default empty.</summary>
    public string Cron { get; set; } = "";

    /// <summary>
    /// Market time since the newest training data of a strategy's newest model, in hours, after which it is trained again; 0 for none.
    /// Default 0. To end its trading at an age, set <c>Agent:Limits:MaxModelAgeDays</c>.
    /// </summary>
    [Range(0.0, 87_840.0)]
    public double ModelAgeHours { get; set; }

    /// <summary>Least hours by our clock between two jobs of one trigger of a strategy: age, drift and other alarms. Default 12.</summary>
    [Range(0.01, 8_784.0)]
    public double CoolDownHours { get; set; } = 12;

    /// <summary>Attempts of a job whose trainer is killed or dies. Default 3.</summary>
    [Range(1, 20)]
    public int AttemptsMax { get; set; } = 3;

    /// <summary>Days of market time to train on, up to now. Default 30.</summary>
    [Range(0.01, 3_660.0)]
    public double WindowDays { get; set; } = 30;

    /// <summary>Stage of a new model: <c>Candidate</c> or <c>Shadow</c>. It becomes champion by the registry's gates only. Default <c>Shadow</c>.</summary>
    [AllowedValues(ModelStage.Candidate, ModelStage.Shadow)]
    public ModelStage RegisterAs { get; set; } = ModelStage.Shadow;

    /// <summary>Threads of a trainer. Default 1.</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 1;

    /// <summary>Resident memory of a trainer in MiB, above which it is ended; its managed heap has three quarters of it. Default 2,048.</summary>
    [Range(256, 1_048_576)]
    public int MemoryMb { get; set; } = 2_048;

    /// <summary>Disk for a job's copy of a history in a bucket, MiB; it is deleted once the job has ended. Range 1…1,048,576, default 4,096.</summary>
    [Range(1, 1_048_576)]
    public int HistoryMb { get; set; } = 4_096;

    /// <summary>Minutes of one attempt, after which it is ended and the job fails. Default 240.</summary>
    [Range(0.05, 43_200.0)]
    public double MinutesMax { get; set; } = 240;

    /// <summary>Seconds from a request to end to the kill. Default 10.</summary>
    [Range(0.1, 600.0)]
    public double KillAfterSeconds { get; set; } = 10;

    /// <summary>Jobs whose files remain in <c>data/training</c>, newest. Default 10.</summary>
    [Range(0, 1_000)]
    public int FoldersKept { get; set; } = 10;

    public RecipeOptions Recipe { get; set; } = new();

    public SearchOptions Search { get; set; } = new();

    /// <summary>The schedule of these settings.</summary>
    /// <exception cref="FormatException"><see cref="Cron"/> is invalid; the validation at start-up prevents this.</exception>
    public RetrainingSchedule Schedule()
    {
        if (Cron.Length == 0)
        {
            return new RetrainingSchedule(EveryHours > 0 ? TimeSpan.FromHours(EveryHours) : null, null);
        }

        return CronSchedule.TryParse(Cron, out var cron, out var problem)
            ? new RetrainingSchedule(EveryHours > 0 ? TimeSpan.FromHours(EveryHours) : null, cron)
            : throw new FormatException(problem);
    }
}
